"""What the parts of one running platform share."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from partner_kit.example_social.database import Database
from partner_kit.example_social.lookout import Lookout


@dataclass(frozen=True)
class Platform:
    """Memory, index and pictures of one platform; `owed` is set when feedback waits to be sent."""

    database: Database
    lookout: Lookout
    pictures: Path
    owed: threading.Event = field(default_factory=threading.Event)

    def picture(self, post_id: str) -> Path:
        return self.pictures / f"{post_id}.jpg"


def open_platform(state: Path) -> Platform:
    """Open the platform's memory in the folder `state`, which is made if it is not there."""
    pictures = state / "pictures"
    pictures.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(state / "example-social.sqlite3")
    return Platform(database, Lookout(database), pictures)
