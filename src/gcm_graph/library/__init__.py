"""The query library: every `queries/**/*.rq`, one question a file."""
