"""The running system, as a context: everything starts on entering and has stopped after leaving.

`make run` is this with the usual ports and a folder that lasts; the tests use the same with free
ports and a folder of their own.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from local import partners, parts, synthesis
from local.assembly import Template
from local.children import Child
from local.cloud import Cloud
from local.deployment import deploy
from local.folder import Folder
from local.partners import Partner
from local.ports import HOST, Ports
from local.stack import Stack
from local.webhooks import Receivers

EXAMPLE = "example-social"
"""The partner that runs here too, if it is registered; its queue and keys are its own."""


def _unaltered(template: Template) -> Template:
    return template


@dataclass(frozen=True)
class Plan:
    """Which system to run."""

    folder: Folder
    ports: Ports
    enforce_roles: bool = False
    """Let each function do only what its role allows; costs a little time on every call."""
    alter: Callable[[Template], Template] = _unaltered
    """Makes the template that is deployed from the one that was synthesized."""
    example: str = EXAMPLE
    """The id under which the example platform takes part."""
    register: Path | None = None
    """Another register of partners than this project's."""
    receivers: Receivers = field(default_factory=Receivers)
    """What webhooks may reach on this machine."""

    @property
    def told(self) -> dict[str, str]:
        """What the commands of this project must know of it beyond the usual."""
        register = {partners.REGISTER: str(self.register)} if self.register else {}
        return {**register, **self.receivers.reaching}

    @classmethod
    def throwaway(
        cls,
        folder: Path,
        *,
        enforce_roles: bool = False,
        alter: Callable[[Template], Template] = _unaltered,
    ) -> "Plan":
        """Plan a system for one test run, on free ports."""
        return cls(Folder(folder), Ports.unused(), enforce_roles, alter)


@dataclass(frozen=True)
class System:
    """A system that runs, and how to reach it."""

    page: str
    """Address of the page; the API is below the same one."""
    social: str | None
    """Address of the example platform; None if an operator's register has other partners only."""
    cloud: Cloud
    stack: Stack
    partners: dict[str, Partner]
    """By id. The tests act as these."""
    children: tuple[Child, ...] = field(repr=False)


@contextlib.contextmanager
def running(plan: Plan) -> Iterator[System]:
    """Start everything, in the order in which one part needs another, and stop it at the end.

    Raises:
        Refusal: something that it needs is missing, busy or does not start.
    """
    with contextlib.ExitStack() as stopping:
        stopping.enter_context(plan.folder.held())
        plan.ports.require_free()
        plan.folder.remember(plan.ports.cloud)
        yield _started(plan, stopping)


def _started(plan: Plan, stopping: contextlib.ExitStack) -> System:
    children: list[Child] = []

    def up(child: Child, answering: str) -> None:
        stopping.callback(child.stop)
        child.wait_for(answering)
        children.append(child)

    ports, folder = plan.ports, plan.folder
    cloud, page, social = Cloud(_address(ports.cloud)), _address(ports.page), None

    registered = partners.registered(plan.register or partners.REGISTERED)
    with synthesis.assembled(plan.told) as assembly:
        up(parts.start_cloud(ports.cloud, folder, enforce_roles=plan.enforce_roles), cloud.ready)
        queues = partners.create_queues(cloud, registered)
        stack = deploy(cloud, assembly, lambda made: plan.alter(plan.receivers.known_to(made)))
        queues |= partners.subscribe_queues(cloud, stack, registered)
    up(parts.start_proxy(ports.page, folder, stack, cloud), page)
    members = {
        one["id"]: Partner(
            queues.get(one["id"]),
            partners.keys(one["id"], stack, cloud, page, folder.keys, told=plan.told),
        )
        for one in registered
    }
    if (own := members.get(plan.example)) and own.queue:
        social = _address(ports.social)
        up(parts.start_social(ports.social, folder, f"{page}/v1", cloud, own), social)
    return System(page, social, cloud, stack, members, tuple(children))


def _address(port: int) -> str:
    return f"http://{HOST}:{port}"
