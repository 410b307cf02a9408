"""What runs in Lambda. The import root is the repository root."""
