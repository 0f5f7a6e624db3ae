"""The examples in the docstrings of the methods: that they run, and that everything a user would call has one."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
import sys
from types import FunctionType, ModuleType
from typing import Any

import pytest

import detente.methods
from tests.conftest import ROOT

sys.path.append(str(ROOT / "docs"))
api_pages: Any = importlib.import_module("api_pages")

MODULES = [
    module.name
    for module in pkgutil.walk_packages(detente.methods.__path__, "detente.methods.")
    if ".kernels" not in module.name
]
LISTED = [
    (package, module, name)
    for package in api_pages.PACKAGES
    for module in api_pages.public_modules(package)
    for name in api_pages.public_objects(module)
]


def is_plain(thing: Any) -> bool:
    """A record without methods or properties of its own, or an error: shown where a function gives or takes it."""
    return isinstance(thing, type) and (issubclass(thing, Exception) or not api_pages.public_members(thing))


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize(("package", "module", "name"), LISTED, ids=lambda value: getattr(value, "__name__", value))
def test_everything_listed_has_an_example_of_its_own(package: str, module: ModuleType, name: str):
    thing = getattr(module, name)
    example = (inspect.getdoc(thing) or "").partition("Example:")[2]
    # A class may be made by a function of its module.
    assert is_plain(thing) or (">>> " in example and (name in example or isinstance(thing, type))), name


@pytest.mark.parametrize(("package", "module", "name"), LISTED, ids=lambda value: getattr(value, "__name__", value))
def test_arguments_are_described_under_their_names(package: str, module: ModuleType, name: str):
    """Every argument that a docstring describes is one."""
    thing = getattr(module, name)
    things = [thing] if isinstance(thing, FunctionType) else list(api_pages.public_members(thing).values())
    for function in things:
        described = api_pages.described_arguments(function)
        assert described <= set(inspect.signature(function).parameters), f"{name}: {described}"


def test_every_package_has_a_page():
    packages = {
        module.name.removeprefix("detente.methods.")
        for module in pkgutil.walk_packages(detente.methods.__path__, "detente.methods.")
        if module.ispkg and ".kernels" not in module.name
    }
    assert packages == set(api_pages.PACKAGES)
