"""The store: one interface over the engine that holds a release, and the isolated lane."""
