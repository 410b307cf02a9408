"""POST /cases."""
