"""The page's kernels in Node, asked from here; see `web/test/hash/kernel_driver.ts`."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import numpy as np

from local.children import ROOT
from tests.hashing.drawings import Rgb

SCRIPT = "await (await import('vite')).runnerImport('./test/hash/kernel_driver.ts')"


class Kernels:
    """Both kernels in one running Node, where the compiler of the browser's engine gets warm."""

    def __init__(self, questions: IO[str], answers: IO[str], file: Path) -> None:
        self._questions = questions
        self._answers = answers
        self._file = file

    def ask(
        self,
        picture: Rgb,
        views: Sequence[Mapping[str, Any]] = (),
        original: Mapping[str, int] | None = None,
    ) -> Mapping[str, Any]:
        """Hash a picture, and views of its plane. `original` is its size before it was reduced."""
        opaque = np.full(picture.shape[:2], 255, np.uint8)
        self._file.write_bytes(np.dstack((picture, opaque)).tobytes())
        height, width, _ = picture.shape
        question = {"file": str(self._file), "width": width, "height": height, "views": views}
        print(json.dumps(question | {"original": original}), file=self._questions, flush=True)
        answer: Mapping[str, Any] = json.loads(self._answers.readline())
        return answer


@contextmanager
def running_kernels() -> Iterator[Kernels]:
    command = ("node", "--input-type=module", "-e", SCRIPT)
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(  # noqa: S603
            command, cwd=ROOT / "web", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as node,
    ):
        assert node.stdin
        assert node.stdout
        yield Kernels(node.stdin, node.stdout, Path(folder, "picture.rgba"))
        node.stdin.close()
