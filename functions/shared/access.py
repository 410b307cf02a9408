"""Who is asking: the owner of a case, by number and PIN, or a partner, by its keys."""

from collections.abc import Mapping

from functions.shared.app import App
from functions.shared.cases import Case
from functions.shared.credentials import canonical_pin, case_key, decoy, parse_number
from functions.shared.errors import UnknownCase, UnknownKey


def owned_case(app: App, number: str, pin: str) -> Case:
    """Return the case of this number and PIN.

    Known and unknown numbers cost the same calls and the same work.

    Raises:
        InvalidRequest: not a case number.
        UnknownCase: no case of that number, or another PIN.
    """
    number = parse_number(number)
    key = case_key(number, app.mac)
    case = app.store.cases.get(key)
    verifier = case.verifier if case else decoy(key, app.kdf)
    if verifier.accepts(number, canonical_pin(pin), app.mac) and case:
        return case
    raise UnknownCase


def partner_of(app: App, headers: Mapping[str, str], endpoint: str) -> str:
    """Return the id of the partner whose keys came with a request for `endpoint`.

    Raises:
        UnknownKey: a key is missing, unknown or revoked.
        WrongEndpointKey: the function key is for another endpoint.
    """
    sent = {name.lower(): value for name, value in headers.items()}
    keys = app.store.partners.keys(sent.get("ocp-apim-subscription-key", ""))
    if keys is None:
        raise UnknownKey
    keys.check(endpoint, sent.get("x-functions-key", ""))
    return keys.partner
