"""POST /cases/withdraw."""

from typing import Any

import pytest

from functions.create_case.handler import create_case
from functions.shared.bank import BankHash, Status
from functions.shared.cases import STUB_DAYS
from functions.shared.credentials import Kdf, case_key
from functions.shared.errors import CaseWithdrawn, InvalidRequest, UnknownCase
from functions.status.handler import case_status
from functions.withdraw import emptying
from functions.withdraw import handler as module
from functions.withdraw.handler import withdraw
from infrastructure.routes import PURGER
from tests.faults import interrupt, record_calls, refuse
from tests.hashes import signal
from tests.people import NUMBER, OTHER_NUMBER, credentials, new_case, number_of
from tests.rights import session
from tests.world import AppFor, World, body_of

CREATE, STATUS, WITHDRAW = "create_case.handler", "status.handler", "withdraw.handler"
DONE = {"status": "Withdrawn", "remaining": 0}


def hashes(app_for: AppFor, count: int) -> list[BankHash]:
    found = app_for(CREATE).store.bank.by_signal(signal(seed) for seed in range(count))
    return list(found.values())


def take_back(app_for: AppFor, **kwargs: Any) -> Any:
    return body_of(withdraw(credentials(**kwargs), app_for(WITHDRAW)))


def test_withdrawing_withdraws_every_hash(app_for: AppFor) -> None:
    create_case(new_case(3), app_for(CREATE))

    assert take_back(app_for) == DONE
    assert {(item.status, item.version) for item in hashes(app_for, 3)} == {(Status.WITHDRAWN, 2)}


def test_withdrawing_twice_is_withdrawing_once(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(3), app_for(CREATE))
    first = take_back(app_for)
    before = somewhere.items("bank"), somewhere.items("cases")

    assert take_back(app_for) == first
    assert (somewhere.items("bank"), somewhere.items("cases")) == before


def test_each_withdrawn_hash_has_its_outbox_row(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(3), app_for(CREATE))
    take_back(app_for)

    rows = [item for item in somewhere.items("bank") if item["pk"]["S"].startswith("outbox#")]
    assert sorted(row["version"]["N"] for row in rows) == ["1"] * 3 + ["2"] * 3


def test_a_long_case_is_withdrawn_in_as_many_calls_as_it_takes(
    app_for: AppFor, somewhere: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptying, "LINKS_A_TRANSACTION", 5)
    monkeypatch.setattr(module, "MOST_SECONDS", 0.5)
    count = 16
    create_case(new_case(count), app_for(CREATE))
    app = app_for(WITHDRAW)

    def a_second_passes() -> None:
        somewhere.now += 1

    interrupt(app.store.client, "TransactWriteItems", a_second_passes, times=3)
    remaining = [take_back(app_for)["remaining"] for _ in range(3)]

    assert remaining == [11, 6, 0]
    assert {(item.status, item.version) for item in hashes(app_for, count)} == {
        (Status.WITHDRAWN, 2)
    }


def test_a_case_of_many_transactions_is_withdrawn_in_one_call_when_there_is_time(
    app_for: AppFor,
) -> None:
    for first in range(0, 80, 40):
        create_case(new_case(40, first=first, total=80, offset=first), app_for(CREATE))

    assert take_back(app_for) == DONE
    assert {(item.status, item.version) for item in hashes(app_for, 80)} == {(Status.WITHDRAWN, 2)}


def test_a_hash_of_two_cases_is_withdrawn_with_the_second(app_for: AppFor) -> None:
    create_case(new_case(1), app_for(CREATE))
    create_case(new_case(1, number=OTHER_NUMBER), app_for(CREATE))

    take_back(app_for)
    assert [item.status for item in hashes(app_for, 1)] == [Status.ACTIVE]
    take_back(app_for, number=OTHER_NUMBER)
    assert [item.status for item in hashes(app_for, 1)] == [Status.WITHDRAWN]


def test_a_withdrawal_during_an_upload_wins(app_for: AppFor) -> None:
    create_case(new_case(1, total=2), app_for(CREATE))
    uploader = app_for(CREATE)
    interrupt(uploader.store.client, "TransactWriteItems", lambda: take_back(app_for))
    with pytest.raises(CaseWithdrawn):
        create_case(new_case(1, first=1, total=2, offset=1), uploader)

    assert [item.status for item in hashes(app_for, 2)] == [Status.WITHDRAWN]


def test_a_withdrawal_waits_for_an_addition_that_is_being_written(app_for: AppFor) -> None:
    create_case(new_case(1), app_for(CREATE))
    reasons = [{"Code": "TransactionConflict"}, {"Code": "None"}, {"Code": "None"}]
    refuse(
        app_for(WITHDRAW).store.client,
        "TransactWriteItems",
        "TransactionCanceledException",
        times=2,
        CancellationReasons=reasons,
    )

    assert take_back(app_for) == DONE


def test_a_rival_write_to_a_hash_does_not_stop_its_withdrawal(app_for: AppFor) -> None:
    create_case(new_case(1), app_for(CREATE))
    app = app_for(WITHDRAW)
    rival = new_case(1, number=OTHER_NUMBER)
    interrupt(app.store.client, "TransactWriteItems", lambda: create_case(rival, app_for(CREATE)))

    assert take_back(app_for) == DONE
    [item] = hashes(app_for, 1)
    assert (item.version, item.status) == (3, Status.ACTIVE)
    assert sorted(link.status for link in item.links.values()) == ["Active", "Withdrawn"]


def test_a_hash_that_is_erased_does_not_stop_a_withdrawal(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(2), app_for(CREATE))
    gone = hashes(app_for, 1)[0]
    app_for("partner_sync.sequence").store.outbox.table.delete_many([(f"hash#{gone.id}", "hash")])

    assert take_back(app_for) == DONE


def test_a_case_stays_withdrawn_in_its_own_row_too(app_for: AppFor) -> None:
    create_case(new_case(1), app_for(CREATE))
    take_back(app_for)
    app = app_for(WITHDRAW)
    case = app.store.cases.get(case_key(NUMBER, app.mac))

    assert case is not None
    assert case.status is Status.WITHDRAWN


def test_nobody_else_can_withdraw_a_case(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(1), app_for(CREATE))
    before = somewhere.items("bank"), somewhere.items("cases")
    for attempt in ({"pin": "00000000"}, {"number": OTHER_NUMBER}):
        with pytest.raises(UnknownCase):
            take_back(app_for, **attempt)
    with pytest.raises(InvalidRequest):
        take_back(app_for, number=NUMBER[::-1])

    assert (somewhere.items("bank"), somewhere.items("cases")) == before


def test_a_withdrawn_case_costs_no_more_writes(app_for: AppFor) -> None:
    create_case(new_case(2), app_for(CREATE))
    take_back(app_for)
    calls = record_calls(app_for(WITHDRAW).store.client)
    take_back(app_for)

    assert "TransactWriteItems" not in calls


def test_links_go_at_once_and_what_is_left_says_nothing_of_them(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(30), app_for(CREATE))
    ids = [item.id for item in hashes(app_for, 30)]
    take_back(app_for)
    left = somewhere.items("cases")

    assert sorted(item["sk"]["S"].split("#")[0] for item in left) == ["case", "receipt", "receipt"]
    assert not [one for one in ids if one in repr(left)]
    assert not [one for one in ids if one.encode() in b"".join(sealed(left))]


def sealed(items: list[dict[str, Any]]) -> list[bytes]:
    return [bytes(item["sealed"]["B"]) for item in items if "sealed" in item]


def test_a_case_that_was_opened_before_there_were_receipts_gets_them_with_its_withdrawal(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(2), app_for(CREATE))
    update_case(somewhere, "REMOVE receipt_key")

    assert take_back(app_for) == DONE
    assert body_of(case_status(credentials(), app_for(STATUS)))["signals"] == 2


def test_a_case_that_was_withdrawn_before_links_went_is_emptied_when_its_owner_comes_back(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(2), app_for(CREATE))
    app = app_for(WITHDRAW)
    items = [item.unlinked(next(iter(item.links)), app.now()) for item in hashes(app_for, 2)]
    app.store.bank.write(items)
    update_case(somewhere, "SET #s = :s REMOVE receipt_key", "Withdrawn")

    assert take_back(app_for) == DONE
    assert [item.version for item in hashes(app_for, 2)] == [2, 2]
    assert body_of(case_status(credentials(), app_for(STATUS)))["signals"] == 2
    forgettable = list(app_for(PURGER).store.forgetting.withdrawn_on(app.today()))
    assert {one.hash_id for one in forgettable} == {item.id for item in items}


def update_case(somewhere: World, expression: str, status: str | None = None) -> None:
    """Change the one stored case, as only an older version of ours has written it."""
    [case] = [item for item in somewhere.items("cases") if item["sk"]["S"] == "case"]
    said: Any = {}
    if status:
        said["ExpressionAttributeNames"] = {"#s": "status"}
        said["ExpressionAttributeValues"] = {":s": {"S": status}}
    session().client("dynamodb").update_item(
        TableName=somewhere.env["CASES_TABLE"],
        Key={"pk": case["pk"], "sk": case["sk"]},
        UpdateExpression=expression,
        **said,
    )


def test_the_pin_is_stretched_once_a_request(
    app_for: AppFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    stretched: list[str] = []
    stretch = Kdf.stretch

    def counted(self: Kdf, number: str, pin: str, salt: bytes) -> bytes:
        stretched.append(number)
        return stretch(self, number, pin, salt)

    monkeypatch.setattr(Kdf, "stretch", counted)
    create_case(new_case(2), app_for(CREATE))
    create_case(new_case(2), app_for(CREATE))
    take_back(app_for)
    take_back(app_for)
    case_status(credentials(), app_for(STATUS))

    assert len(stretched) == 5


def test_a_withdrawn_case_is_gone_after_its_days_whether_or_not_dynamodb_has_deleted_it(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(2), app_for(CREATE))
    take_back(app_for)
    midnight = somewhere.now - somewhere.now % 86_400
    ends = {int(item["expires"]["N"]) for item in somewhere.items("cases")}
    assert ends == {int(midnight) + STUB_DAYS * 86_400}

    somewhere.now = max(ends) - 1
    assert take_back(app_for) == DONE
    assert body_of(case_status(credentials(), app_for(STATUS)))["signals"] == 2
    somewhere.now += 1
    for ask in (lambda: take_back(app_for), lambda: case_status(credentials(), app_for(STATUS))):
        with pytest.raises(UnknownCase):
            ask()


def test_a_withdrawal_that_takes_days_can_be_followed_as_a_whole_until_it_goes(
    app_for: AppFor, somewhere: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_case(new_case(3), app_for(CREATE))
    for _ in range(3):
        with monkeypatch.context() as patch:
            patch.setattr(module, "MOST_SECONDS", 0)
            assert take_back(app_for)["remaining"] == 3
        somewhere.now += 86_400
    begun = somewhere.now - 3 * 86_400
    assert take_back(app_for) == DONE

    ends = int(begun - begun % 86_400) + STUB_DAYS * 86_400
    assert {int(item["expires"]["N"]) for item in somewhere.items("cases")} == {ends}
    somewhere.now = ends - 1
    assert body_of(case_status(credentials(), app_for(STATUS)))["signals"] == 3


def test_a_withdrawal_that_took_longer_than_its_case_was_to_stay_can_still_be_followed_for_a_day(
    app_for: AppFor, somewhere: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_case(new_case(1), app_for(CREATE))
    with monkeypatch.context() as patch:
        patch.setattr(module, "MOST_SECONDS", 0)
        take_back(app_for)
    somewhere.now += 50 * 86_400
    assert take_back(app_for) == DONE

    somewhere.now += 86_400
    assert body_of(case_status(credentials(), app_for(STATUS)))["signals"] == 1


@pytest.mark.parametrize("handler", [STATUS, WITHDRAW])
def test_unknown_wrong_and_purged_cost_the_same_calls(
    app_for: AppFor, somewhere: World, handler: str
) -> None:
    create_case(new_case(2), app_for(CREATE))
    create_case(new_case(2, number=OTHER_NUMBER), app_for(CREATE))
    take_back(app_for, number=OTHER_NUMBER)
    somewhere.now += (STUB_DAYS + 1) * 86_400
    act = {STATUS: case_status, WITHDRAW: withdraw}[handler]
    seen = []
    for asked in (
        credentials(number_of(NUMBER[1:19] + "A")),
        credentials(pin="00000000"),
        credentials(OTHER_NUMBER),
    ):
        app = app_for(handler, asked.number + asked.pin)
        calls = [record_calls(client) for client in (app.store.client, app.mac.client)]
        with pytest.raises(UnknownCase):
            act(asked, app)
        seen.append(calls)

    assert seen == [[["GetItem"], ["GenerateMac", "GenerateMac"]]] * 3


def test_the_ledger_knows_the_day_and_no_more(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(2), app_for(CREATE))
    take_back(app_for)
    [entry] = somewhere.items("erasures")

    assert entry["pk"] == {"S": "erased#2027-01-15"}
    assert set(entry) == {"pk", "sk", "expires"}
    assert int(entry["expires"]["N"]) % 86_400 == 0
