"""How long it takes to give up a file, at every moment at which a person may want to."""

import statistics
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.harnesses import BROWSERS, large_photograph
from bench.table import Table
from tests.hashing.harness import Harness, served_harness
from tests.hashing.heic_files import write_phone_photograph

LIMIT = 100
"""Milliseconds."""
ROUNDS = 30
"""Of each file, given up at so many moments, evenly spread over its way."""
WAITING = 2_000

FILM = Path(__file__).parents[1] / "contract" / "vectors" / "vpdq" / "h264-60.mp4"
HEIC_SIZE = (4032, 3024)

GIVE_UP = """([when, delay]) => new Promise((resolve) => {
  const [file, next] = window.harness.chosen()
  const at = {}
  const cancel = () => {
    at.asked = performance.now()
    hasher.cancel(0)
  }
  const hasher = window.harness.openHasher(({ kind, id }) => {
    if (id === 0 && kind === when && !(when in at)) setTimeout(cancel, delay)
    if (id === 0) at[kind] = performance.now()
    if (id === 1 && kind === 'reading') at.next = performance.now()
    if (id !== 1 || kind !== 'hashed') return
    hasher.close()
    resolve(at)
  }, { workers: 1, megapixels: 100 })
  hasher.add(0, file)
  hasher.add(1, next)
})"""
"""One worker; a small picture waits behind the file that is given up."""

GIVE_ALL_UP = """(count) => {
  const [, file] = window.harness.chosen()
  let told = 0
  const hasher = window.harness.openHasher(({ kind }) => { told += kind === 'cancelled' })
  for (let id = 0; id < count; id++) hasher.add(id, file)
  const start = performance.now()
  for (let id = count - 1; id >= 0; id--) hasher.cancel(id)
  const took = performance.now() - start
  hasher.close()
  if (told !== count) throw new Error(`${told} of ${count}`)
  return took
}"""

Times = dict[str, float]


def main() -> None:
    with TemporaryDirectory() as page, TemporaryDirectory() as folder:
        files = _files(Path(folder))
        small = Path(folder) / "small.heic"
        write_phone_photograph(small, (320, 240))
        with served_harness(Path(page)) as address:
            rows = []
            for name, opened in BROWSERS.items():
                with opened(address) as harness:
                    rows += _rows(harness, name, files, small)
    print(table(rows))


def table(rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        "Cancelling: milliseconds from the call to the word `cancelled`, and to the next file",
        f"A file is given up at {ROUNDS} moments spread over its way, with one worker; the limit "
        f"for `cancelled` is {LIMIT}. Next: until the file behind it is being read, for which the "
        f"worker is ended and another one fetched. The last row gives up {WAITING:,} files.",
        ("", "median", "worst", "next", "worst next"),
        rows,
    )


def _rows(
    harness: Harness, browser: str, files: dict[str, tuple[Path, str]], small: Path
) -> list[tuple[str, ...]]:
    rows = []
    for name, (file, when) in files.items():
        harness.choose([file, small])
        times = _given_up(harness, when)
        cancelled = [one["cancelled"] - one["asked"] for one in times]
        following = [one["next"] - one["asked"] for one in times]
        rows.append((f"{browser}: {name}", *_figures(cancelled), *_figures(following)))
    all_at_once = [float(harness.evaluate(GIVE_ALL_UP, WAITING)) for _ in range(ROUNDS)]
    return [*rows, (f"{browser}: {WAITING:,} files at once", *_figures(all_at_once), "", "")]


def _given_up(harness: Harness, when: str) -> list[Times]:
    """Without those that were done before their moment came."""
    whole = harness.evaluate(GIVE_UP, ["nothing", 0])
    way = whole["hashed"] - whole["reading"] if when == "progress" else 0
    delays = [way * number / ROUNDS for number in range(ROUNDS)]
    times: list[Times] = [harness.evaluate(GIVE_UP, [when, delay]) for delay in delays]
    return [one for one in times if "cancelled" in one]


def _figures(milliseconds: Sequence[float]) -> tuple[str, str]:
    return f"{statistics.median(milliseconds):.1f}", f"{max(milliseconds):.1f}"


def _files(folder: Path) -> dict[str, tuple[Path, str]]:
    """Return files and the event after which each is given up."""
    photograph = large_photograph(folder)
    heic = folder / "photograph.heic"
    write_phone_photograph(heic, HEIC_SIZE)
    return {
        "being read": (photograph, "reading"),
        "JPEG of 48 MP": (photograph, "progress"),
        "HEIC of 12 MP": (heic, "progress"),
        "film": (FILM, "progress"),
    }


if __name__ == "__main__":
    main()
