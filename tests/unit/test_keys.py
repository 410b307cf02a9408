"""Partners' keys, from the operator's command to the door."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from functions.shared.access import partner_of
from functions.shared.cases import end_of
from functions.shared.errors import TooManySets, UnknownKey, WrongEndpointKey
from functions.shared.store.keys import KeyStore
from functions.shared.store.revocations import Revocations, RevokedSet
from functions.shared.store.table import Table
from infrastructure import keys
from infrastructure.routes import ENDPOINTS
from tests.faults import Strike, interrupt, record_calls
from tests.register import beside_ours
from tests.rights import session
from tests.world import AppFor, World

FETCH = "partner_sync.fetch_hashes"
PARTNER = "example-social"
DAY = date(2027, 1, 15)

Printed = dict[str, Any]


@dataclass(frozen=True)
class Command:
    """The operator's command, run in this process."""

    somewhere: World
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str, fails: bool = False) -> Any:
        """Return what it prints, as JSON, or what it complains of."""
        tables = ["--table", self.somewhere.env["BANK_TABLE"]]
        if arguments[0] == "revoke":
            tables += ["--erasures", self.somewhere.env["ERASURES_TABLE"]]
        self.patch.setattr("sys.argv", ["keys", *arguments, *tables])
        assert keys.main() == int(fails)
        printed = self.capture.readouterr()
        return printed.err if fails else json.loads(printed.out)


@pytest.fixture
def command(
    somewhere: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    return Command(somewhere, monkeypatch, capsys)


@pytest.fixture
def store(somewhere: World) -> KeyStore:
    return KeyStore(Table(session().client("dynamodb"), somewhere.env["BANK_TABLE"]))


@pytest.fixture
def ledger(somewhere: World) -> Revocations:
    return Revocations(Table(session().client("dynamodb"), somewhere.env["ERASURES_TABLE"]))


def headers(subscription: Printed, function: Printed, endpoint: str) -> dict[str, str]:
    return {
        "Ocp-Apim-Subscription-Key": subscription["subscription_key"],
        "x-functions-key": function["function_keys"][endpoint],
    }


def let_in(app_for: AppFor, printed: Printed, endpoint: str = "FetchHashes") -> bool:
    try:
        return bool(partner_of(app_for(FETCH), headers(printed, printed, endpoint), endpoint))
    except UnknownKey:
        return False


def test_the_keys_are_printed_once_and_open_their_endpoints(
    command: Command, app_for: AppFor
) -> None:
    printed = command("issue", PARTNER)

    assert set(printed["function_keys"]) == set(ENDPOINTS)
    for endpoint in ENDPOINTS:
        sent = headers(printed, printed, endpoint)
        assert partner_of(app_for(FETCH), sent, endpoint) == PARTNER


def test_only_digests_are_stored(command: Command, somewhere: World) -> None:
    printed = command("issue", PARTNER)

    stored = repr(somewhere.items("bank"))
    made = [printed["subscription_key"], *printed["function_keys"].values()]
    assert len({*made}) == 1 + len(ENDPOINTS)
    assert not [key for key in made if key in stored or key[:8] in stored]


def test_while_keys_are_changed_those_of_both_sets_go_together(
    command: Command, app_for: AppFor
) -> None:
    first, second = command("issue", PARTNER), command("issue", PARTNER)

    for one in (first, second):
        for other in (first, second):
            sent = headers(one, other, "FetchHashes")
            assert partner_of(app_for(FETCH), sent, "FetchHashes") == PARTNER


def test_keys_of_two_partners_never_go_together(app_for: AppFor, store: KeyStore) -> None:
    mine, others = (keys.issue(one, store, DAY) for one in (PARTNER, "another"))

    for sent in (headers(mine, others, "FetchHashes"), headers(others, mine, "FetchHashes")):
        with pytest.raises(UnknownKey):
            partner_of(app_for(FETCH), sent, "FetchHashes")


def test_a_key_in_the_place_of_the_other_opens_nothing(app_for: AppFor, store: KeyStore) -> None:
    made = keys.issue(PARTNER, store, DAY)
    subscription, function = made["subscription_key"], made["function_keys"]["FetchHashes"]

    for first, second in ((function, subscription), (function, function), (subscription,) * 2):
        sent = {"ocp-apim-subscription-key": first, "x-functions-key": second}
        with pytest.raises(UnknownKey):
            partner_of(app_for(FETCH), sent, "FetchHashes")


def test_a_key_of_another_endpoint_is_told_apart(app_for: AppFor, store: KeyStore) -> None:
    made = keys.issue(PARTNER, store, DAY)

    with pytest.raises(WrongEndpointKey):
        partner_of(app_for(FETCH), headers(made, made, "SubmitHashes"), "FetchHashes")


def test_revoked_keys_open_nothing_from_that_moment_on_and_the_other_set_stays(
    command: Command, app_for: AppFor, somewhere: World
) -> None:
    first, second = command("issue", PARTNER), command("issue", PARTNER)
    assert let_in(app_for, first)

    assert command("revoke", PARTNER, first["set"]) == {"revoked": [first["set"]]}

    assert not let_in(app_for, first)
    assert let_in(app_for, second)
    for sent in (headers(first, second, "FetchHashes"), headers(second, first, "FetchHashes")):
        with pytest.raises(UnknownKey):
            partner_of(app_for(FETCH), sent, "FetchHashes")
    assert first["set"] not in repr(somewhere.items("bank"))


def test_what_is_revoked_is_in_the_ledger_for_45_days_by_digests_only(
    command: Command, store: KeyStore, ledger: Revocations, somewhere: World
) -> None:
    made = command("issue", PARTNER)
    digests = {row["digest"] for row in store.table.query(f"keys#{PARTNER}") if "digest" in row}
    command("revoke", PARTNER, made["set"])

    [item] = somewhere.items("erasures")
    noted = date.fromisoformat(item["pk"]["S"].removeprefix("revoked#"))
    [one] = ledger.on(noted)
    assert one == RevokedSet(PARTNER, made["set"], one.digests)
    assert set(one.digests) == digests
    assert int(item["expires"]["N"]) == end_of(noted, 45)
    assert not [key for key in made["function_keys"].values() if key in repr(item)]


@pytest.mark.usefixtures("others")
def test_all_of_a_partners_keys_are_revoked_at_once_and_nobody_elses(
    command: Command, app_for: AppFor, store: KeyStore
) -> None:
    others = keys.issue("another", store, DAY)
    mine = [command("issue", PARTNER) for _ in range(2)]

    assert command("revoke", PARTNER, "--all") == {"revoked": [one["set"] for one in mine]}

    assert not any(let_in(app_for, one) for one in mine)
    assert let_in(app_for, others)
    assert command("revoke", PARTNER, "--all") == {"revoked": []}


def test_a_third_set_is_refused_until_one_is_revoked(
    command: Command, app_for: AppFor, somewhere: World
) -> None:
    first, _ = command("issue", PARTNER), command("issue", PARTNER)
    before = somewhere.items("bank")

    assert "revoke one first" in command("issue", PARTNER, fails=True)
    assert somewhere.items("bank") == before
    command("revoke", PARTNER, first["set"])
    assert let_in(app_for, command("issue", PARTNER))


def test_two_operators_at_once_make_no_third_set(store: KeyStore, app_for: AppFor) -> None:
    keys.issue(PARTNER, store, DAY)
    rival = KeyStore(Table(session().client("dynamodb"), store.table.name))
    won: list[Printed] = []
    interrupt(
        store.table.client,
        "TransactWriteItems",
        lambda: won.append(keys.issue(PARTNER, rival, DAY)),
    )

    with pytest.raises(TooManySets):
        keys.issue(PARTNER, store, DAY)
    assert len(store.sets(PARTNER)) == 2
    assert let_in(app_for, won[0])


def test_the_list_tells_sets_apart_and_tells_no_key(command: Command) -> None:
    made = [command("issue", PARTNER) for _ in range(2)]
    listed = command("list", PARTNER)

    assert [one["set"] for one in listed] == [one["set"] for one in made]
    for one in listed:
        assert one["opens"] == sorted(["subscription", *ENDPOINTS])
        assert date.fromisoformat(one["issued"])
    assert not [key for one in made for key in one["function_keys"].values() if key in str(listed)]


@pytest.mark.parametrize(
    "arguments",
    [
        ("issue", "nobody"),
        ("issue", "sandbox"),
        ("revoke", PARTNER),
        ("revoke", PARTNER, "0123abcd"),
        ("revoke", PARTNER, "0123abcd", "--all"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    command: Command, somewhere: World, arguments: tuple[str, ...]
) -> None:
    command("issue", PARTNER)
    before = somewhere.items("bank")

    assert command(*arguments, fails=True)
    assert somewhere.items("bank") == before


def test_keys_of_a_partner_that_has_left_can_still_be_revoked(
    command: Command, app_for: AppFor, store: KeyStore
) -> None:
    left = keys.issue("has-left", store, DAY)

    assert command("revoke", "has-left", "--all") == {"revoked": [left["set"]]}
    assert not let_in(app_for, left)


def test_a_partner_that_leaves_the_register_is_refused_at_once_with_keys_that_nobody_revoked(
    app_for: AppFor, store: KeyStore, tmp_path: Path
) -> None:
    with beside_ours(tmp_path, "leaving"):
        left = keys.issue("leaving", store, DAY)
        assert let_in(app_for, left)

    assert not let_in(app_for, left)
    with pytest.raises(UnknownKey):  # and not told either that the key is for something else
        partner_of(app_for(FETCH), headers(left, left, "SubmitHashes"), "FetchHashes")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("nth", [1, 2, 3, 4])
@pytest.mark.parametrize("act", ["issue", "revoke"])
def test_whoever_dies_at_any_call_leaves_whole_sets(
    store: KeyStore,
    ledger: Revocations,
    app_for: AppFor,
    somewhere: World,
    act: str,
    nth: int,
    after: bool,
) -> None:
    first = keys.issue(PARTNER, store, DAY)
    acts: dict[str, Callable[[KeyStore], Any]] = {
        "issue": lambda dying: keys.issue(PARTNER, dying, DAY),
        "revoke": lambda dying: keys.revoke(PARTNER, [first["set"]], dying, ledger, DAY),
    }
    client = session().client("dynamodb")
    strike = Strike(nth, after).on(client)
    try:
        acts[act](KeyStore(Table(client, store.table.name)))
    except ReadTimeoutError:
        assert strike.struck
    else:
        assert not strike.struck

    rows = [item for item in somewhere.items("bank") if item["pk"]["S"].startswith("key#")]
    assert len(rows) == len(store.sets(PARTNER)) * (1 + len(ENDPOINTS))
    assert all(len(one.opens) == 1 + len(ENDPOINTS) for one in store.sets(PARTNER))
    assert let_in(app_for, first) == (first["set"] in {one.id for one in store.sets(PARTNER)})
    assert bool(list(ledger.on(DAY))) == (first["set"] not in {o.id for o in store.sets(PARTNER)})
    keys.revoke(PARTNER, [one.id for one in store.sets(PARTNER)], store, ledger, DAY)
    assert not [item for item in somewhere.items("bank") if "digest" in item or "opens" in item]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"ocp-apim-subscription-key": "guess"},
        {"x-functions-key": "guess"},
        {"ocp-apim-subscription-key": "guess", "x-functions-key": "another"},
        {"ocp-apim-subscription-key": "\ud800", "x-functions-key": "x" * 10_000},
    ],
)
def test_every_stranger_costs_the_same_one_read(app_for: AppFor, sent: dict[str, str]) -> None:
    calls = record_calls(app_for(FETCH).store.client)
    with pytest.raises(UnknownKey):
        partner_of(app_for(FETCH), sent, "FetchHashes")

    assert calls == ["BatchGetItem"]


def test_good_keys_and_revoked_ones_cost_the_same_one_read(
    app_for: AppFor, store: KeyStore, ledger: Revocations
) -> None:
    made = keys.issue(PARTNER, store, DAY)
    calls = record_calls(app_for(FETCH).store.client)
    assert let_in(app_for, made)
    keys.revoke(PARTNER, [made["set"]], store, ledger, DAY)
    assert not let_in(app_for, made)

    assert calls == ["BatchGetItem", "BatchGetItem"]


def test_a_key_of_the_older_form_opens_nothing(app_for: AppFor, store: KeyStore) -> None:
    made = keys.issue(PARTNER, store, DAY)
    older = {"pk": "key#0", "sk": "key", "partner": PARTNER, "functions": {"FetchHashes": ["0"]}}
    store.table.put_new(older)

    [found] = store.table.get_many([("key#0", "key")])
    assert "opens" not in found
    assert let_in(app_for, made)
