"""A withdrawal that is killed at every call to AWS, with the rights of each function only."""

from itertools import count

import pytest

from functions.shared.app import App
from infrastructure.routes import SEQUENCER
from tests.killed import Death, Person
from tests.rights import session
from tests.withdrawn import check_withdrawn, log_everything
from tests.world import CHEAP, World

TOTAL, CHUNK = 60, 40


def everything(somewhere: World) -> App:
    """Return an App that may do anything, to look at what is stored."""
    return App(somewhere.env, session().client, clock=lambda: somewhere.now, kdf=CHEAP)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("returns", [True, False], ids=["the person", "the clock"])
def test_a_withdrawal_that_dies_at_every_call_ends_right(
    somewhere: World, after: bool, returns: bool
) -> None:
    copies = count()

    def app(handler: str, death: Death) -> App:
        made = somewhere.app_for(handler, f"{next(copies)}")
        death.on(made.store.client, made.mac.client)
        return made

    person = Person(app, after)
    person.creates(TOTAL, CHUNK)
    log_everything(somewhere.app_for(SEQUENCER))
    somewhere.now += 100
    looker = everything(somewhere)
    synced = looker.store.log.tail().ts + 1
    if returns:
        person.withdraws()
    else:
        person.begins_to_withdraw(looker)
        person.is_finished()

    check_withdrawn(looker, somewhere.app_for(SEQUENCER), TOTAL, synced)
