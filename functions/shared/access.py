"""Who is asking: the owner of a case, by number and PIN, or a partner, by its keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from functions.shared import sandbox
from functions.shared.app import App
from functions.shared.cases import Case
from functions.shared.credentials import canonical_pin, case_key, decoy, parse_number
from functions.shared.errors import UnknownCase, UnknownKey
from functions.shared.partners import admitted, takes_part


@dataclass(frozen=True)
class Owner:
    """Whoever showed number and PIN of a case."""

    case: Case
    secret: bytes = field(repr=False)
    """The stretched PIN: what opens the receipts of a withdrawal. It is stored nowhere."""


def owner_of(app: App, number: str, pin: str) -> Owner:
    """Return the owner of the case of this number and PIN.

    Known and unknown numbers cost the same calls and the same work.

    Raises:
        InvalidRequest: not a case number.
        UnknownCase: no case of that number, or another PIN.
    """
    number = parse_number(number)
    key = case_key(number, app.mac)
    case = app.store.cases.get(key)
    verifier = case.verifier if case else decoy(key, app.kdf)
    stretched = verifier.stretch(number, canonical_pin(pin))
    if verifier.accepts(stretched, app.mac) and case:
        return Owner(case, stretched)
    raise UnknownCase


def partner_of(app: App, headers: Mapping[str, str], endpoint: str) -> str:
    """Return the id of the partner whose keys came with a request for `endpoint`.

    Whatever the keys are, they cost one read; those of the sandbox, which everybody knows, none.
    Keys of a partner that has left the register open nothing, whether or not they were revoked.

    Raises:
        UnknownKey: a key is missing, unknown or revoked, or whose it was takes no part any more.
        WrongEndpointKey: the function key is for another endpoint.
    """
    sent = {name.lower(): value for name, value in headers.items()}
    keys = sent.get("ocp-apim-subscription-key", ""), sent.get("x-functions-key", "")
    subscription, function = sandbox.find(*keys) or app.store.keys.find(*keys)
    if subscription is not None and not takes_part(subscription.partner):
        raise UnknownKey
    return admitted(subscription, function, endpoint)
