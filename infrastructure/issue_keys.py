"""Issues a partner's keys: `python -m infrastructure.issue_keys PARTNER --table BANK_TABLE`.

Prints them once, as JSON; only their digests are stored. Run it again for a second set, which is
how keys are rotated: the first set stays valid until it is revoked.
"""

import argparse
import json
import secrets
import sys

import boto3

from functions.shared.partners import PartnerKeys, digest, partners
from functions.shared.store.partners import PartnerStore
from functions.shared.store.table import Table
from infrastructure.routes import ENDPOINTS


def issue(partner: str, store: PartnerStore) -> dict[str, object]:
    """Make a set of keys, store its digests, and return the keys themselves."""
    subscription_key = secrets.token_urlsafe(32)
    function_keys = {endpoint: secrets.token_urlsafe(32) for endpoint in ENDPOINTS}
    kept: dict[str, tuple[str, ...]] = {
        endpoint: (digest(key),) for endpoint, key in function_keys.items()
    }
    store.add_keys(subscription_key, PartnerKeys(partner, kept))
    return {"subscription_key": subscription_key, "function_keys": function_keys}


def main() -> int:
    parser = argparse.ArgumentParser(description="Issue a partner's keys.")
    parser.add_argument("partner", choices=[one.id for one in partners()])
    parser.add_argument("--table", required=True, help="name of the bank's table")
    chosen = parser.parse_args()
    store = PartnerStore(Table(boto3.client("dynamodb"), chosen.table))
    sys.stdout.write(json.dumps(issue(chosen.partner, store), indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
