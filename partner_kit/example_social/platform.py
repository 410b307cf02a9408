"""What the parts of one running platform share."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from partner_kit.example_social.database import Database
from partner_kit.example_social.lookout import Lookout
from partner_kit.example_social.posts import Post


@dataclass(frozen=True)
class Platform:
    """Memory, index and files of one platform; `owed` is set when feedback waits to be sent."""

    database: Database
    lookout: Lookout
    pictures: Path
    owed: threading.Event = field(default_factory=threading.Event)

    def kept(self, post: Post) -> Path:
        """Return the file of a post. What kind of video it is stands in its first bytes."""
        return self.pictures / f"{post.id}.{'video' if post.is_video else 'jpg'}"


def open_platform(state: Path) -> Platform:
    """Open the platform's memory in the folder `state`, which is made if it is not there."""
    pictures = state / "pictures"
    pictures.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = Database(state / "example-social.sqlite3")
    return Platform(database, Lookout(database), pictures)
