"""The pictures of the record room by their form, for tests."""

from __future__ import annotations

from detente import Section
from detente.results.finding import Finding
from detente.results.pictures import CellGrid, Timeline


def timeline_of(shown: Section | Finding) -> Timeline:
    """The picture of a section or a finding, which is a timeline."""
    assert isinstance(shown.picture, Timeline)
    return shown.picture


def grid_of(shown: Section | Finding) -> CellGrid:
    """The picture of a section or a finding, which is a grid."""
    assert isinstance(shown.picture, CellGrid)
    return shown.picture
