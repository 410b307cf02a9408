"""Whatever no route takes."""
