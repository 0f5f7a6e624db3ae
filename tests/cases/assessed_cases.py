"""Cases assessed once in a process, for all tests that look at the answers and not at how they are worked out.

That the same case always gives the same answers is tested by `test_two_runs_give_the_same_bytes`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

from detente.assessment.assess import Assessment, assess, read_case
from detente.case.loading.load import LoadedCase

_assessments: dict[Any, Assessment] = {}


def assess_once(
    loaded: LoadedCase,
    on_step: Callable[[str], None] = lambda step: None,
    *,
    deep: bool = False,
) -> Assessment:
    """What `assess` gives, from memory where files that say the same were assessed before."""
    said = (loaded.digest, loaded.scenario, tuple(loaded.changes.items()), deep)
    if said not in _assessments:
        _assessments[said] = assess(loaded, on_step, deep=deep)
    return replace(_assessments[said], loaded=loaded)


@cache
def assessed_case(name: str, deep: bool = False) -> Assessment:
    """The assessment of a bundled case as it is."""
    return assess_once(read_case(name), deep=deep)
