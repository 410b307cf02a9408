"""What partners rely on: the published client, unmodified, against the running system."""
