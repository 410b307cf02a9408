"""What is stored of partners' endpoints: one item for each that ever failed or took something."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from functions.shared.endpoint import Endpoint, EndpointState
from functions.shared.errors import Conflict
from functions.shared.store.codec import Item, Key
from functions.shared.store.patience import until_it_holds
from functions.shared.store.table import Table
from functions.shared.store.transactions import put, put_free, transact

Change = Callable[[Endpoint], Endpoint]


@dataclass(frozen=True)
class EndpointStore:
    """Endpoints by partner."""

    table: Table

    def get(self, partner: str) -> Endpoint:
        """Return what is known of a partner's endpoint."""
        item = self.table.get(_key(partner))
        return _read(item) if item else Endpoint()

    def change(self, partner: str, known: Endpoint, change: Change) -> Endpoint:
        """Change an endpoint and return it. `change` is asked anew if a rival came between.

        Raises:
            TryAgain: rivals came between every time. Nothing was written.
        """
        try:
            return self._write(partner, known, change)
        except Conflict:
            return until_it_holds(lambda: self._write(partner, self.get(partner), change))

    def _write(self, partner: str, seen: Endpoint, change: Change) -> Endpoint:
        changed = change(seen)
        if changed == seen:
            return seen
        changed = replace(changed, version=seen.version + 1)
        item = _item(partner, changed)
        first = put_free(self.table, item)
        later = put(self.table, item, "version = :seen", seen=seen.version)
        transact(self.table.client, [later if seen.version else first])
        return changed


def _key(partner: str) -> Key:
    return partner, "endpoint"


def _item(partner: str, endpoint: Endpoint) -> Item:
    pk, sk = _key(partner)
    known = {name: value for name, value in asdict(endpoint).items() if value is not None}
    return {"pk": pk, "sk": sk, **known, "state": endpoint.state.value}


def _read(item: Item) -> Endpoint:
    return Endpoint(
        state=EndpointState(item["state"]),
        since=item.get("since"),
        last_delivered=item.get("last_delivered"),
        last_failed=item.get("last_failed"),
        missed_from=item.get("missed_from"),
        version=item["version"],
    )
