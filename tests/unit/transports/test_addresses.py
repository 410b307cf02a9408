"""A webhook reaches the public internet and nothing else."""

import threading
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shared.app import App
from functions.shared.errors import Undelivered
from functions.shared.transports.deadline import Deadline
from functions.shared.transports.webhook.addresses import Guard, public
from functions.shared.transports.webhook.target import Target

PARTNER = Target("partner.example", 443, "/")
PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]

NOT_PUBLIC = {
    "private": ["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fd12:3456::1"],
    "loopback": ["127.0.0.1", "127.255.0.3", "::1"],
    "link-local": ["169.254.0.1", "fe80::1", "fe80::1%lo"],
    "metadata": ["169.254.169.254", "169.254.170.2", "fd00:ec2::254"],
    "behind a carrier": ["100.64.0.1", "100.127.255.255"],
    "multicast": ["224.0.0.1", "239.255.255.250", "ff02::1"],
    "unspecified": ["0.0.0.0", "0.1.2.3", "::"],  # noqa: S104 - nothing is bound
    "broadcast and reserved": ["255.255.255.255", "240.0.0.1"],
    "documentation and tests": ["192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1"],
    "documentation in IPv6": ["2001:db8::1", "3fff::1"],
    "mapped": ["::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:93.184.215.14"],
    "compatible": ["::127.0.0.1", "::169.254.169.254"],
    "6to4": ["2002:a9fe:a9fe::1", "2002:7f00:1::", "192.88.99.1"],
    "NAT64": ["64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1"],
    "Teredo": ["2001:0:4136:e378:8000:63bf:3fff:fdd2"],
}


def addresses(*found: str, guard: Guard | None = None, target: Target = PARTNER) -> list[str]:
    passed = (guard or Guard()).addresses(target, lambda _: found, Deadline(5))
    return [str(one) for one in passed]


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_reached(address: str) -> None:
    assert addresses(address) == [address]


@pytest.mark.parametrize("address", [one for kind in NOT_PUBLIC.values() for one in kind])
def test_what_is_not_public_is_refused_alone_and_among_others(address: str) -> None:
    for found in ([address], [*PUBLIC, address], [address, *PUBLIC]):
        with pytest.raises(Undelivered, match="address refused"):
            addresses(*found)


@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_whatever_is_reached_python_calls_global_too(address: IPv4Address | IPv6Address) -> None:
    assert not public(address) or (address.is_global and not address.is_multicast)


def test_a_port_other_than_that_of_https_is_refused() -> None:
    with pytest.raises(Undelivered, match="address refused"):
        addresses(*PUBLIC, target=Target("partner.example", 8443, "/"))


def test_a_receiver_on_this_machine_is_reached_when_it_is_listed_with_its_port() -> None:
    guard = Guard.of({"WEBHOOK_ALSO_REACHABLE": "127.0.0.1:8443,[::1]:8443"})
    near = Target("partner.example", 8443, "/")

    assert addresses("127.0.0.1", "::1", guard=guard, target=near) == ["127.0.0.1", "::1"]
    for found, target in (("127.0.0.1", PARTNER), ("127.0.0.2", near), (PUBLIC[0], near)):
        with pytest.raises(Undelivered, match="address refused"):
            addresses(found, guard=guard, target=target)


def test_nothing_on_this_machine_is_reached_unless_it_is_listed() -> None:
    assert Guard.of({}) == Guard.of({"WEBHOOK_ALSO_REACHABLE": ""}) == Guard(frozenset())


def test_a_name_without_addresses_is_not_found() -> None:
    def unknown(_: str) -> list[str]:
        raise OSError("no such name")

    ways: list[Callable[[str], list[str]]] = [unknown, lambda _: []]
    for resolve in ways:
        with pytest.raises(Undelivered, match="name not found"):
            Guard().addresses(PARTNER, resolve, Deadline(5))


def test_a_name_server_that_does_not_answer_takes_no_more_than_the_time_there_is() -> None:
    over = threading.Event()

    def silent(_: str) -> list[str]:
        over.wait()
        return PUBLIC

    with pytest.raises(Undelivered, match="timeout"):
        Guard().addresses(PARTNER, silent, Deadline(0.1))
    over.set()


def test_numbers_that_the_system_takes_for_addresses_are_refused_too() -> None:
    for host in ("127.1", "0x7f.0.0.1", "2130706433", "localhost"):
        with pytest.raises(Undelivered, match="address refused"):
            Guard().addresses(Target(host, 443, "/"), App({}).resolve, Deadline(5))
