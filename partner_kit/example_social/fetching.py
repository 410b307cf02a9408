"""Reading the bank's feed with the published client, from the stored checkpoint to its end."""

from collections.abc import Iterator

from threatexchange.exchanges.clients.stopncii.api import FetchHashesResponse, StopNCIIAPI

from partner_kit.example_social import mirror
from partner_kit.example_social.database import Database
from partner_kit.example_social.lookout import Lookout

STALE_AFTER = 30 * 24 * 3600
"""Seconds after which an unread feed is read from the start again.

Source: the bank keeps the trace of a withdrawn hash for at least 35 days. Who was
away for longer would never hear of that withdrawal."""


class EndlessFeed(Exception):
    """The feed says that there is more and not where: reading on would never end."""


def fetch(api: StopNCIIAPI, database: Database, lookout: Lookout, now: int) -> None:
    """Take in everything new. Whatever interrupts it, the next call resumes where it stopped.

    It reads until a read brings the checkpoint no further. That last read starts where all before
    it is stored, and so tells the bank, and the people who ask there, that we have it.

    Raises:
        requests.RequestException: the bank does not answer, or refuses us.
        EndlessFeed, CheckpointRewound: what it answers cannot be followed.
    """
    before = None
    while (start := _starting_point(database, now)) != before:
        _read(api, database, lookout, start, now)
        before = start


def _read(api: StopNCIIAPI, database: Database, lookout: Lookout, start: int, now: int) -> None:
    for page in _pages(api, start):
        with database.writing() as db:
            changed = mirror.apply_page(db, page)
        if changed:
            lookout.refresh()
    with database.writing() as db:
        changed = mirror.finish(db, now)
    if changed:
        lookout.refresh()


def _starting_point(database: Database, now: int) -> int:
    with database.writing() as db:
        feed = mirror.feed(db)
        if feed.fetched_at is not None and now - feed.fetched_at > STALE_AFTER:
            mirror.start_over(db)
        return mirror.feed(db).checkpoint


def _pages(api: StopNCIIAPI, start: int) -> Iterator[FetchHashesResponse]:
    page = api.fetch_hashes(start_timestamp=start)
    yield page
    while page.hasMoreRecords:
        if not page.nextPageToken:
            raise EndlessFeed
        page = api.fetch_hashes(start_timestamp=start, next_page=page.nextPageToken)
        yield page
