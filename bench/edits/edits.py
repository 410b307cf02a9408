"""What happens to a picture between its owner and an upload."""

from bench.edits.family import Family
from bench.edits.framed import framed
from bench.edits.reshaped import recropped, turned
from bench.edits.retouched import marked, recompressed, toned


def edits() -> Family:
    """Yield family, name and edit; the same picture always gives the same edited picture."""
    for family in (recompressed, toned, marked, turned, recropped, framed):
        yield from family()
