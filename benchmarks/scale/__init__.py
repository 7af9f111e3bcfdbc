"""How the graph behaves when it grows: copies of a release, loaded, opened and asked."""
