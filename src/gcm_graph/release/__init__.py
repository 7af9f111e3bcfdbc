"""Releases: those that are on this machine, and what changed between two of them."""
