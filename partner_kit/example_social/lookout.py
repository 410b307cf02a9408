"""The hashes to look for, in memory: replaced as a whole whenever our copy of the bank changes."""

from partner_kit.example_social import mirror
from partner_kit.example_social.database import Database
from partner_kit.example_social.matching import PdqIndex


class Lookout:
    """Holds the newest index. Whoever searches keeps the one they took: it never changes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.refresh()

    def refresh(self) -> None:
        with self._database.reading() as db:
            self.index = PdqIndex(mirror.live_pdq(db))
