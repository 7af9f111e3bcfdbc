"""The service: linked data, SPARQL, views and API over one release."""
