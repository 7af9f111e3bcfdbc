"""Coverage: which curated rows the graph carries, and how well its statements are supported."""
