"""What a browser loads of the built page, and when."""

import gzip
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.table import Table

WEB = Path(__file__).parents[1] / "web"
BUILT = WEB / "dist"
KERNEL = WEB / "src" / "hash" / "pdq" / "kernel.wasm"
"""Embedded in the worker."""
FIRST_LOAD_LIMIT, KERNEL_LIMIT = 100, 12
"""Kilobytes, compressed. The build itself fails when the first load is over its own budget."""


def main() -> None:
    assert (BUILT / "index.html").exists(), "the page is not built: `make bench` builds it"
    print(table())


def table() -> Table:
    return Table(
        "Bundle: kilobytes of the built page",
        f"Compressed with gzip, as it is sent. The first load is what a phone fetches before it "
        f"shows anything (at most {FIRST_LOAD_LIMIT}); the worker, and in it the kernel (at most "
        f"{KERNEL_LIMIT}), follow with the first file, the rest with the first file of its kind.",
        ("", "plain", "compressed"),
        list(_rows()),
    )


def _rows() -> Iterator[tuple[str, str, str]]:
    page = BUILT / "index.html"
    first = [page, *_named_in(page)]
    yield "first load", *_kilobytes(first)
    yield "kernel, within the worker", *_kilobytes([KERNEL])
    later = [path for path in sorted(BUILT.rglob("*")) if path.is_file() and path not in first]
    for path in sorted(later, key=lambda path: -path.stat().st_size):
        yield path.relative_to(BUILT).name, *_kilobytes([path])


def _named_in(page: Path) -> list[Path]:
    """Return the scripts and styles that the page asks for by itself."""
    named = re.findall(r'(?:src|href)="/(assets/[^"]+)"', page.read_text(encoding="utf-8"))
    return [BUILT / name for name in named]


def _kilobytes(paths: Sequence[Path]) -> tuple[str, str]:
    contents = [path.read_bytes() for path in paths]
    packed = sum(len(gzip.compress(content)) for content in contents)
    return f"{sum(map(len, contents)) / 1000:.1f}", f"{packed / 1000:.1f}"


if __name__ == "__main__":
    main()
