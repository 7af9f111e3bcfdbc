"""JSON-LD 1.1: the published context, and documents that are written with it."""
