"""WebP, lossy and lossless, still and moving: of an animation the first frame is hashed."""

from pathlib import Path

from tests.hashing.photographs import photograph, small_photograph


def write_webps(folder: Path) -> None:
    for name in ("astronaut.png", "coffee.png", "flower.jpg"):
        picture = photograph(name)
        picture.save(folder / f"webp-lossy-{name}.webp", quality=80)
        picture.save(folder / f"webp-lossless-{name}.webp", lossless=True)
    odd = small_photograph("china.jpg", (331, 223))
    odd.save(folder / "webp-odd-sides.webp", quality=70)
    frames = [small_photograph(name) for name in ("chelsea.png", "rocket.jpg")]
    for kind in (True, False):
        name = f"webp-animated-{'lossless' if kind else 'lossy'}.webp"
        frames[0].save(folder / name, save_all=True, append_images=frames[1:], lossless=kind)
