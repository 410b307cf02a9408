"""Which further hashes of a picture find edited copies, and how often they are wrong."""

from collections import Counter

from bench.edits.measured import measured
from bench.edits.photographs import photographs
from bench.edits.recall import candidates_table, edits_table, found
from bench.edits.strangers import strangers_table


def main() -> None:
    pictures = photographs()
    sources = Counter(name.split()[0] for name in pictures)
    print(
        f"{len(pictures)} photographs:", ", ".join(f"{n} of {name}" for name, n in sources.items())
    )
    hashes = measured(pictures)
    hits = found(hashes)
    for table in (edits_table(hits), candidates_table(hits), strangers_table(hashes)):
        print(f"\n{table}")
