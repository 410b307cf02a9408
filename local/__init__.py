"""The whole system on one machine: the same template, on loopback, started by one command."""
