"""Reconciliation: names in anybody's table matched with things of the graph.

Standard: Reconciliation Service API 0.2, https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""
