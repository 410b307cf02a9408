"""Which addresses of the network a webhook may reach: those of the public internet, no others.

A partner chooses the name, and may choose one that leads into our own network, or to the address
where a machine of AWS hands out its credentials.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from functions.shared.errors import Undelivered
from functions.shared.transports.deadline import Deadline, within
from functions.shared.transports.webhook.target import HTTPS, Target

Address = IPv4Address | IPv6Address
Resolve = Callable[[str], Iterable[str]]

_UNICAST = ip_network("2000::/3")
"""What of IPv6 is given out at all. Private, local and multicast addresses are outside of it, and
so are those that hide one of IPv4: mapped, compatible and NAT64."""

_SPECIAL = [
    ip_network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # behind a carrier's NAT
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, with the metadata services of AWS
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocols
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
        "2001::/23",  # protocols, with Teredo, which hides an IPv4 address
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which hides an IPv4 address
        "3fff::/20",  # documentation
    )
]
"""Spelled out, as what Python calls global changes with its version.

Source: IANA, special-purpose address registries for IPv4 and IPv6; RFC 6890."""


def public(address: Address) -> bool:
    """Tell whether an address is one of the public internet."""
    if address.version == 6 and address not in _UNICAST:
        return False
    return not any(address in network for network in _SPECIAL)


@dataclass(frozen=True)
class Guard:
    """Lets through what is public, on the port of HTTPS.

    `also` has receivers on the same machine, as address and port: a test or a run on a laptop
    has no other place for them.
    """

    also: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, env: Mapping[str, str]) -> "Guard":
        """Return the guard that `WEBHOOK_ALSO_REACHABLE` describes: `address:port`, by commas."""
        listed = filter(None, env.get("WEBHOOK_ALSO_REACHABLE", "").split(","))
        pairs = (one.rpartition(":") for one in listed)
        return cls(frozenset((host.strip(" []"), int(port)) for host, _, port in pairs))

    def addresses(self, target: Target, resolve: Resolve, deadline: Deadline) -> list[Address]:
        """Return the addresses of a host, looked up this once; nothing may look it up again.

        Raises:
            Undelivered: it has none, or one among them that is not public; or it took too long.
        """
        found = [ip_address(one) for one in _resolved(target.host, resolve, deadline)]
        if not found:
            raise Undelivered("name not found")
        if not all(self._lets(address, target.port) for address in found):
            raise Undelivered("address refused")
        return found

    def _lets(self, address: Address, port: int) -> bool:
        return (public(address) and port == HTTPS) or (str(address), port) in self.also


def _resolved(host: str, resolve: Resolve, deadline: Deadline) -> list[str]:
    try:
        return within(deadline, lambda: list(resolve(host)))
    except (OSError, UnicodeError):
        return []
