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

BUILD = """
const { build } = await import('vite')
const ssr = 'test/hash/kernel_driver.ts'
const output = { ssr, outDir: process.argv[1], emptyOutDir: false, copyPublicDir: false }
await build({ configFile: false, logLevel: 'warn', build: output })
"""
"""One file, as the page is built: module by module, TypeScript would seem slower than it is."""


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
    with TemporaryDirectory() as folder:
        _node("--input-type=module", "-e", BUILD, folder).communicate()
        with _node(str(Path(folder, "kernel_driver.js"))) as node:
            assert node.stdin
            assert node.stdout
            yield Kernels(node.stdin, node.stdout, Path(folder, "picture.rgba"))
            node.stdin.close()


def _node(*arguments: str) -> "subprocess.Popen[str]":
    command = ("node", *arguments)
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT / "web", stdin=pipe, stdout=pipe, text=True)  # noqa: S603
