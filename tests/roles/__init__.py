"""The journey's API part with every function under its own role, and nothing more."""
