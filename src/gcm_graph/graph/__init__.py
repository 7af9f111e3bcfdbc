"""What the graph says, read through the query library into plain values for pages and the API."""
