"""A table as plain text: what was measured, what it means, aligned columns."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 100
GAP = "  "


@dataclass(frozen=True)
class Table:
    """Rows under their columns; the first column names what was measured.

    `meaning` says in a sentence what is counted, and what the ratio 1.00 stands for.
    """

    title: str
    meaning: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __str__(self) -> str:
        meaning = textwrap.wrap(self.meaning, WIDTH - len(GAP))
        lines = [self.title, *(GAP + line for line in meaning), "", *self._aligned()]
        return "\n".join(lines)

    def _aligned(self) -> list[str]:
        """Names to the left, figures to the right."""
        columns = zip(self.columns, *self.rows, strict=True)
        widths = [max(map(len, cells)) for cells in columns]
        return [_line(cells, widths) for cells in (self.columns, *self.rows)]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, *figures = cells
    first, *others = widths
    padded = [f"{figure:>{width}}" for figure, width in zip(figures, others, strict=True)]
    return GAP + GAP.join([f"{name:<{first}}", *padded]).rstrip()
