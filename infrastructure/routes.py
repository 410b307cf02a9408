"""Which function answers which route, and what each may do. Permissions sit beside the route."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Grants:
    """The actions a function may take, without the service prefix."""

    cases: tuple[str, ...] = ()
    bank: tuple[str, ...] = ()
    deliveries: tuple[str, ...] = ()
    erasures: tuple[str, ...] = ()
    mac: bool = False
    """`kms:GenerateMac` on the one HMAC key."""
    publish: bool = False
    """`sns:Publish` on the bank's topic."""


@dataclass(frozen=True)
class Route:
    """One HTTP route and the handler module that serves it, below `functions`."""

    method: str
    path: str
    handler: str
    grants: Grants
    verifies_pin: bool = False
    """Runs argon2id with 64 MiB, so it needs a full vCPU."""
    endpoint: str | None = None
    """Its name in partners' keys; None for what partners do not call."""
    disputes: bool = False
    """Has to know from how many answers on a hash is disputed."""


ROUTES = (
    Route(
        "POST",
        "/cases",
        "create_case.handler",
        Grants(
            cases=("BatchGetItem", "GetItem", "PutItem", "UpdateItem"),
            bank=("BatchGetItem", "PutItem"),
            mac=True,
        ),
        verifies_pin=True,
    ),
    Route(
        "POST",
        "/cases/status",
        "status.handler",
        Grants(cases=("GetItem", "Query"), bank=("BatchGetItem", "Query"), mac=True),
        verifies_pin=True,
    ),
    Route(
        "POST",
        "/cases/withdraw",
        "withdraw.handler",
        Grants(
            cases=("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
            bank=("BatchGetItem", "PutItem"),
            erasures=("PutItem",),
            mac=True,
        ),
        verifies_pin=True,
    ),
    Route(
        "GET",
        "/v1/FetchHashes",
        "partner_sync.fetch_hashes",
        Grants(bank=("BatchGetItem", "Query", "UpdateItem"), mac=True),
        endpoint="FetchHashes",
    ),
    Route(
        "POST",
        "/v1/SubmitHashes",
        "partner_sync.submit_hashes",
        Grants(bank=("BatchGetItem", "DeleteItem", "PutItem")),
        endpoint="SubmitHashes",
        disputes=True,
    ),
    Route(
        "POST",
        "/v1/SubmitFeedback",
        "partner_sync.submit_feedback",
        Grants(bank=("BatchGetItem", "DeleteItem", "PutItem")),
        endpoint="SubmitFeedback",
        disputes=True,
    ),
    Route(
        "GET",
        "/v1/deliveries",
        "partner_sync.deliveries",
        Grants(bank=("BatchGetItem",), deliveries=("GetItem", "Query"), mac=True),
        endpoint="Deliveries",
    ),
    Route(
        "POST",
        "/v1/deliveries/replay",
        "partner_sync.replay_deliveries",
        Grants(
            bank=("BatchGetItem", "Query"),
            deliveries=("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query"),
        ),
        endpoint="ReplayDeliveries",
    ),
)

UNROUTED = "unrouted.handler"
UNROUTED_GRANTS = Grants()
"""Answers what no route takes; touches nothing."""

ENDPOINTS = tuple(route.endpoint for route in ROUTES if route.endpoint is not None)
"""What partners call, by the names in their keys."""

SEQUENCER = "partner_sync.sequence"
SEQUENCER_GRANTS = Grants(
    bank=(
        "BatchGetItem",
        "BatchWriteItem",
        "DeleteItem",
        "GetItem",
        "PutItem",
        "Query",
        "UpdateItem",
    ),
    publish=True,
)

DELIVERER = "partner_sync.deliver"
DELIVERER_GRANTS = Grants(
    deliveries=("DeleteItem", "GetItem", "PutItem", "Query"),
)
"""Hands messages from the partner's queue with us to its transport, and remembers those that
did not get there."""

FINISHER = "withdraw.finish"
FINISHER_GRANTS = Grants(
    cases=("BatchGetItem", "DeleteItem", "GetItem", "PutItem", "Query", "UpdateItem"),
    bank=("BatchGetItem", "PutItem"),
)
"""Completes withdrawals that were begun and whose person never came back."""

PURGER = "withdraw.purge"
PURGER_GRANTS = Grants(bank=("BatchGetItem", "DeleteItem", "PutItem", "Query"))
"""Forgets withdrawn links, and erases the hashes that nobody stands behind."""

WORKERS = {
    SEQUENCER: SEQUENCER_GRANTS,
    DELIVERER: DELIVERER_GRANTS,
    FINISHER: FINISHER_GRANTS,
    PURGER: PURGER_GRANTS,
}
"""What runs without a route, and what each may do."""


def allowed() -> dict[str, str]:
    """Return the methods of each path, as the header `Allow` has them."""
    methods: dict[str, list[str]] = {}
    for route in ROUTES:
        methods.setdefault(route.path, []).append(route.method)
    return {path: ", ".join(sorted(found)) for path, found in methods.items()}
