"""POST /cases/status."""
