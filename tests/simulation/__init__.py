"""Seeded schedules of the real code: a number says who acts next and which call fails."""
