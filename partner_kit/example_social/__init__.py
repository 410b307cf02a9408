"""Example Social: a small platform that takes part in NotYours, with only what any partner has."""
