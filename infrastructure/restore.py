r"""Makes restored tables fit to be served: what was taken back since is taken back again.

    python -m infrastructure.restore --show-log-time --bank OLD_TABLE
    python -m infrastructure.restore --cases TABLE --bank TABLE --erasures TABLE \
        --since 2027-01-15 --log-time 1800000000

Cases are withdrawn and keys are revoked again by the ledger, which is the one in use, never a
restored one. Every hash becomes a new version, and the log goes on where no partner has read yet:
`--log-time` is what the first command tells of the bank that was lost. If that is gone, leave it
out. `--since` is the day, in UTC, to which the tables were restored. Run it before anything is
served from the tables. It may be stopped and run again.
"""

import argparse
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from functions.shared.app import App
from functions.shared.bank import Status
from functions.shared.cases import Case
from functions.shared.store.patience import until_it_holds
from functions.shared.store.revocations import Revocations
from functions.withdraw.emptying import empty
from infrastructure.raised_versions import raise_versions
from infrastructure.restore_mark import CLOCK_JUMP, mark_of
from infrastructure.restored_log import go_on_from

CLOCKS = timedelta(days=2)
"""By how much the day of an entry may be another than ours: a function's clock was wrong by an hour
or a day, and `since` may be a local day after all. To repeat too much changes nothing."""


@dataclass(frozen=True)
class Restored:
    """What a run did."""

    withdrawn: int
    """Cases."""
    revoked: int
    """Sets of keys."""
    raised: int
    """Hashes."""


def restore(app: App, since: date, log_time: int | None = None) -> Restored:
    """Repeat what the ledger knows of these days and later, and let partners listen again."""
    mark = mark_of(app, since, log_time)
    days = _days(since - CLOCKS, app.today() + CLOCKS)
    withdrawn = sum(_withdraw(app, key, day) for day in days for key in _erased(app, day))
    ledger = Revocations(app.store.erasures.table)
    sets = [one for day in days for one in ledger.on(day)]
    revoked = sum(app.store.keys.revoke_again(one, ledger, app.today()) for one in sets)
    go_on_from(app, mark.log_time)
    return Restored(withdrawn, revoked, raise_versions(app, mark.floor))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=passed) for passed in range((last - first).days + 1)]


def _erased(app: App, day: date) -> list[str]:
    return list(app.store.erasures.on(day))


def _withdraw(app: App, key: str, erased: date) -> bool:
    """Withdraw a case that was withdrawn on this day, wholly; return whether there was anything.

    A number is free again a month later. Who took it then is left alone.
    """
    case = app.store.cases.get(key)
    if case is None or case.expires or case.since > erased + CLOCKS:
        return False
    until_it_holds(partial(app.store.withdrawals.begin, case, app.today()))
    empty(app, _withdrawn(app, case), lambda: True)
    return True


def _withdrawn(app: App, case: Case) -> Case:
    stored = app.store.cases.get(case.key)
    if stored is None or stored.status is not Status.WITHDRAWN:
        raise RuntimeError("Something else writes to these tables.")
    return stored


def main(arguments: list[str]) -> str:
    """Do what the operator asks for, and return what there is to tell."""
    chosen = _arguments(arguments)
    tables = ("cases", "bank", "erasures")
    app = App({f"{name.upper()}_TABLE": getattr(chosen, name) or "" for name in tables})
    if chosen.show_log_time:
        return str(app.store.log.tail().ts)
    if chosen.log_time and chosen.log_time > app.now() + 2 * CLOCK_JUMP:
        raise SystemExit("No log is days ahead: --log-time is in seconds since 1970.")
    done = restore(app, chosen.since, chosen.log_time)
    told = [
        f"Withdrawn again: {done.withdrawn} cases. Revoked again: {done.revoked} sets of keys."
        f" New versions: {done.raised} hashes."
    ]
    if not chosen.log_time:
        told.append("The log that was lost is taken to have been a day ahead; so is this one now.")
    return "\n".join(told)


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m infrastructure.restore",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--bank", required=True, metavar="TABLE")
    parser.add_argument("--show-log-time", action="store_true")
    for table in ("cases", "erasures"):
        parser.add_argument(f"--{table}", metavar="TABLE")
    parser.add_argument("--since", type=date.fromisoformat, metavar="DAY")
    parser.add_argument("--log-time", type=int, metavar="SECONDS")
    chosen = parser.parse_args(arguments)
    if not chosen.show_log_time and not (chosen.cases and chosen.erasures and chosen.since):
        parser.error("--cases, --erasures and --since are needed as well")
    return chosen


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1:]) + "\n")
