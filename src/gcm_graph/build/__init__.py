"""The build: authored files in, one checked and immutable release out."""
