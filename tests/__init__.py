"""Tests, by what they need: nothing (unit), the synthesized template (wiring), the running system."""
