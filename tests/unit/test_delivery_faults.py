"""No notification is lost or parked early, whichever call to AWS fails or kills us, and when."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from functions.partner_sync.replay_deliveries import Replay, replay_deliveries
from functions.shared.store import patience
from tests.channel import PARTNER, REMINDED, Channel, Receiver, event_id, message
from tests.faults import Strike
from tests.world import world

REPLAY = "partner_sync.replay_deliveries"
MOST_CALLS = 60
IDS = [event_id(number) for number in range(4)]


class Killed(BaseException):
    """The process ends in the middle of a call: nothing that handles errors gets a turn."""


class Kill(Strike):
    """A `Strike` that nobody survives."""

    def _call(self, **_: object) -> None:
        self.seen += 1
        if self.seen == self.nth:
            self.struck = True
            raise Killed


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0)


Scene = Callable[[Channel, Receiver, list[str]], None]
"""What is under way; the messages are those that the queue still has."""


def _arriving(channel: Channel, receiver: Receiver, queue: list[str]) -> None:
    """Let messages come, of which the third is not taken."""
    receiver.down = lambda told: told.id == IDS[2]
    _hand_over(channel, queue)


def _retrying(channel: Channel, receiver: Receiver, queue: list[str]) -> None:
    """Try what is due, of which one is not taken."""
    receiver.down = lambda told: told.id == IDS[1]
    channel.world.now += 60
    _hand_over(channel, [REMINDED])


def _replaying(channel: Channel, receiver: Receiver, queue: list[str]) -> None:
    """Let the partner ask for all of them again."""
    app = channel.world.app_for(REPLAY, channel.running)
    replay_deliveries(PARTNER, Replay(ids=IDS), app)


def _hand_over(channel: Channel, queue: list[str]) -> None:
    """Hand the queue's messages over. It forgets those that do not come back."""
    back = channel.arrive(*queue)
    queue[:] = [body for place, body in enumerate(queue) if f"message-{place}" in back]


def _prepared(scene: Scene, channel: Channel, receiver: Receiver) -> list[str]:
    """Bring about what comes before a scene; return what is in the queue then."""
    messages = [message(number) for number in range(4)]
    if scene is _arriving:
        return messages
    receiver.down = lambda _: True
    channel.arrive(*messages)
    receiver.down = lambda _: False
    return []


@pytest.mark.parametrize("kind", [Strike, Kill], ids=["lost", "killed"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("scene", [_arriving, _retrying, _replaying])
def test_whichever_call_fails_every_notification_arrives_in_the_end(
    monkeypatch: pytest.MonkeyPatch, scene: Scene, after: bool, kind: type[Strike]
) -> None:
    with world() as made:
        for nth in range(1, MOST_CALLS):
            channel = Channel(made, monkeypatch, running=str(nth))
            receiver = channel.receiver()
            queue = _prepared(scene, channel, receiver)
            strike = kind(nth, after)
            clients = [channel.app.store.client, channel.app.queues()]
            if scene is _replaying:
                clients = [made.app_for(REPLAY, str(nth)).store.client]
            strike.on(*clients)
            with suppress(Exception, Killed):
                scene(channel, receiver, queue)
            _recovered(Channel(made, monkeypatch, running="later"), receiver, queue)
            if not strike.struck:
                break
        assert 3 < nth < MOST_CALLS - 1


def _recovered(channel: Channel, receiver: Receiver, queue: list[str]) -> None:
    """All being well again, everything arrives; nothing is parked, and nothing is left behind."""
    receiver.down = lambda _: False
    if queue:
        _hand_over(channel, queue)
    assert channel.stored("parked") == {}
    for _ in range(3):
        channel.remind(301)
    assert queue == []
    assert set(receiver.ids) == set(IDS)
    kept = [item["sk"]["S"] for item in channel.world.items("deliveries")]
    assert kept == ["endpoint"]
