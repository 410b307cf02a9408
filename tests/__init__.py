"""Tests, by what they need: nothing, the synthesized template, the running system."""
