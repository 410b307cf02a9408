"""Seeded schedules of the real code: who acts next, and which call fails, is drawn from a number."""
