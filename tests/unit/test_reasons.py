"""Why an attempt was in vain, in our own words, of which partners know each."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
REASON = re.compile(r'(?:Undelivered|Outcome)\((?:[^")]*, )?"([a-z ]+)"')


def reasons() -> set[str]:
    """Return the words that the functions have for it."""
    named = ROOT / "functions/shared/transports/aws.py"
    texts = [file.read_text("utf-8") for file in (ROOT / "functions").rglob("*.py")]
    found = {reason for text in texts for reason in REASON.findall(text)}
    return found | set(re.findall(r'^    "[^"]+": "([a-z ]+)",$', named.read_text("utf-8"), re.M))


def test_every_reason_is_in_the_table_that_partners_read() -> None:
    told = (ROOT / "docs/partners.md").read_text("utf-8")
    table = told.partition("| `lastError` | means |")[2].partition("\n\n")[0]
    words = set(re.findall(r"`([a-z ]+)`", table))

    assert {"gone", "our fault", "timeout", "not allowed", "refused"} <= reasons()
    assert reasons() <= words
