"""What starts the system on one machine."""
