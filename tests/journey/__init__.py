"""The whole way round in a real browser, against the running system."""
