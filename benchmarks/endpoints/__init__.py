"""Side by side: this service, rdflib-endpoint and ``oxigraph serve``, over HTTP in one run."""
