"""The graph for assistants: a server of the Model Context Protocol with tools that cite."""
