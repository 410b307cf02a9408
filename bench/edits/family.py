"""An edit by its family and name; in the tables every family is one row."""

from collections.abc import Callable, Iterator

from PIL import Image

Edit = Callable[[Image.Image], Image.Image]
Family = Iterator[tuple[str, str, Edit]]

WHITE = (255, 255, 255)
BLACK = (0, 0, 0)
ASPECTS = {"1:1": 1.0, "4:5": 4 / 5, "16:9": 16 / 9, "9:16": 9 / 16}
