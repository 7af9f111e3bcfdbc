"""Measurements that are made by hand; their last results stand in the docs."""
