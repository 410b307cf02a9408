"""POST /cases/withdraw."""
