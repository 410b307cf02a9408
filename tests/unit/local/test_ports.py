"""Choosing ports, and saying so when one is busy."""

import socket

import pytest

from local.ports import HOST, Ports
from local.refusal import Refusal


def test_a_variable_moves_one_port_and_no_other() -> None:
    assert Ports.chosen({"PAGE_PORT": "9000"}) == Ports(page=9000)
    assert Ports.chosen({"PAGE_PORT": ""}) == Ports()


def test_the_port_of_the_data_that_is_there_is_the_usual_one() -> None:
    assert Ports.chosen({}, kept=9000) == Ports(cloud=9000)
    assert Ports.chosen({"CLOUD_PORT": "9001"}, kept=9000) == Ports(cloud=9001)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "80 80", "²"])
def test_what_is_not_a_port_is_refused_by_name(text: str) -> None:
    with pytest.raises(Refusal, match="SOCIAL_PORT must be a port number"):
        Ports.chosen({"SOCIAL_PORT": text})


def test_two_parts_cannot_share_a_port() -> None:
    with pytest.raises(Refusal, match="three different ports"):
        Ports.chosen({"PAGE_PORT": str(Ports().cloud)})


def test_a_busy_port_is_named_with_the_way_round() -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        busy = other.getsockname()[1]

        with pytest.raises(Refusal, match=rf"Port {busy} is in use .*`make run PAGE_PORT="):
            Ports(page=busy).require_free()


def test_unused_ports_are_free_and_different() -> None:
    ports = Ports.unused()

    ports.require_free()
    assert ports == ports.distinct()
