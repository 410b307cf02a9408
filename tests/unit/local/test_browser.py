"""Finding a browser that is already there."""

from pathlib import Path

import pytest

from local.browser import CHROMIUM, FIREFOX, Product, present
from local.refusal import Refusal


@pytest.fixture(params=[CHROMIUM, FIREFOX], ids=lambda product: product.name)
def product(request: pytest.FixtureRequest) -> Product:
    wanted: Product = request.param
    return wanted


@pytest.fixture
def program(tmp_path: Path, product: Product) -> Path:
    path = tmp_path / product.programs[0]
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_one_on_the_path_is_found(program: Path, product: Product) -> None:
    assert present(product, {"PATH": str(program.parent)}) == program


def test_the_one_that_is_named_comes_first(program: Path, product: Product) -> None:
    assert present(product, {"PATH": "/nowhere", product.variable: str(program)}) == program


def test_a_name_that_is_no_program_is_said(tmp_path: Path, product: Product) -> None:
    with pytest.raises(Refusal, match=rf"{product.variable} is set to .*, which is not a program"):
        present(product, {product.variable: str(tmp_path / "missing")})
