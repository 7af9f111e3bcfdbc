"""Validation of anybody's RDF: read what was posted, validate it with SHACL, say what is wrong."""
