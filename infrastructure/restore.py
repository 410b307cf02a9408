"""Makes restored tables fit to be served: erasures are repeated, and every hash is a new version.

    python -m infrastructure.restore --cases TABLE --bank TABLE --erasures TABLE --since 2027-01-15

`--since` is the day to which the tables were restored. The ledger is the one in use, never a
restored one. Run it before anything is served from the tables. It may be stopped and run again.
"""

import argparse
import sys
from datetime import date, timedelta
from functools import partial

from functions.shared.app import App
from functions.shared.bank import Status
from functions.shared.cases import Case
from functions.shared.store.patience import until_it_holds
from functions.withdraw.emptying import empty
from infrastructure.raised_versions import floor_of, raise_versions


def restore(app: App, since: date) -> tuple[int, int]:
    """Return how many cases were withdrawn again, and how many hashes got a new version."""
    repeated = sum(
        _repeat(app, key, day) for day in _days(since, app.today()) for key in _erased(app, day)
    )
    return repeated, raise_versions(app, floor_of(app, since))


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=passed) for passed in range((last - first).days + 1)]


def _erased(app: App, day: date) -> list[str]:
    return list(app.store.erasures.on(day))


def _repeat(app: App, key: str, erased: date) -> bool:
    """Withdraw a case that was withdrawn on this day, wholly; return whether there was anything."""
    case = app.store.cases.get(key)
    if case is None or case.expires or case.since > erased:
        return False
    until_it_holds(partial(app.store.withdrawals.begin, case, app.today()))
    empty(app, _withdrawn(app, case), lambda: True)
    return True


def _withdrawn(app: App, case: Case) -> Case:
    stored = app.store.cases.get(case.key)
    if stored is None or stored.status is not Status.WITHDRAWN:
        raise RuntimeError("Something else writes to these tables.")
    return stored


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m infrastructure.restore", description=__doc__)
    for table in ("cases", "bank", "erasures"):
        parser.add_argument(f"--{table}", required=True, metavar="TABLE")
    parser.add_argument("--since", required=True, type=date.fromisoformat, metavar="DAY")
    chosen = parser.parse_args(arguments)
    app = App(
        {
            "CASES_TABLE": chosen.cases,
            "BANK_TABLE": chosen.bank,
            "ERASURES_TABLE": chosen.erasures,
        }
    )
    repeated, raised = restore(app, chosen.since)
    sys.stdout.write(f"Withdrawn again: {repeated} cases. New versions: {raised} hashes.\n")


if __name__ == "__main__":
    main(sys.argv[1:])
