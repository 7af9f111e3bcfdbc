"""The description of every typed route in OpenAPI 3.1.

FastAPI describes ``/api``; `operation` describes each question of the library, and `route` the
routes that are older than OpenAPI (linked data, SPARQL, reconciliation, citations).
"""
