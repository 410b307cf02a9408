"""Which hashes are a case's: by its links, and by its receipts once they are withdrawn."""

from functions.shared.access import Owner
from functions.shared.app import App
from functions.shared.bank import Link
from functions.shared.receipts import Pair, unseal


def holdings(app: App, owner: Owner) -> dict[Pair, Link | None]:
    """Return the hashes of a case, each once: its id, and the id by which it knows the case's link.

    With the link itself, if the hash only counts it.

    A hash may know the link no more, or be gone itself, when its withdrawal is long ago.
    """
    found: dict[Pair, Link | None] = {}
    sealed = []
    for one in app.store.cases.links_and_receipts(owner.case.key):
        if isinstance(one, bytes):
            sealed.append(one)
        else:
            found[one.hash_id, one.link_id] = one.counted
    if sealed:
        found |= unseal(sealed, owner.secret, app.mac)
    return found
