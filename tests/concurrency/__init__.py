"""Real threads and processes at the running system, all at once."""
