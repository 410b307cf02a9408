"""Why nothing was started: one plain sentence for the person at the terminal."""


class Refusal(Exception):
    """Something outside this code must change first. The message says what, and how."""
