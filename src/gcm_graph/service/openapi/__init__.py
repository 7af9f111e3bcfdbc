"""The description of every public route in OpenAPI 3.1.

FastAPI describes ``/api``; `operation` describes each question of the library, `view` the views,
`endpoint` the endpoints of other standards (SPARQL, reconciliation, validation), and `route` the
rest: linked data, lists, citations, files and pages.
"""
