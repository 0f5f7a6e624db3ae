"""Pictures as data: a few named forms, each of which a page draws as a table whose middle cells are drawn.

Numbers stay numbers here; page and documents format them. Shares run from 0 to 1, times are decimal years.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from detente.results.outcome import Standing

Axis = Literal["likelihood", "share", "signed"]
"""`likelihood` is a share on the legend of the likelihood words, `share` a plain share, both from 0 to 1; `signed` is a
share of all that is at stake, with zero in the middle."""
TheoryRank = Literal["first", "second", "none"]
"""Whether a motive names a theory first, second or not at all."""
CellState = Literal["yes", "half", "no", "unclear", "empty"]
"""What a cell of a grid, or a unit of a tally, says: yes, in part or on a condition, no, not known, nothing."""
TimeKind = Literal["offer", "reply", "event", "spell"]
"""What happened: an approach, an answer to one, something else at a time, something over a time."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from a lower to a higher value; a dot where the two are one."""

    low: float
    high: float
    dot: float | None = None
    """A value within it that is marked, as a mean among its bounds."""


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A row of a chart of ranges: a label, and a bar for each series."""

    label: str
    bars: tuple[Bar | None, ...]
    """One for each series, in their order; None where a series has none."""
    note: str = ""
    """A second, smaller line under the label."""
    group: str = ""
    """What stands above the first of several rows that belong together."""
    standing: Standing = "found"
    is_base: bool = False
    """Whether it is the case as assumed, with which the others are compared."""
    link: str = ""
    """The address on the page of what it is told by."""
    subject: str = ""
    """What of the model it is of, for a page that works it out anew: `theory:all`, `actor:nato`, `reason:freedom`,
    `number:network.decay`, or `answer:strict`."""


@dataclass(frozen=True, slots=True)
class RangeRows:
    """Rows of bars on one axis."""

    says: str
    """What to see, in a sentence above it."""
    measure: str
    """What the axis counts: `NATO accepts, of 100 simulations`."""
    series: tuple[str, ...]
    """What the bars of a row stand for: at most two, the first drawn hollow, the second filled."""
    rows: tuple[RangeRow, ...]
    axis: Axis = "share"
    heading: str = ""
    """What stands above the labels."""


@dataclass(frozen=True, slots=True)
class MotiveRow:
    """A motive, and how each theory is named for it."""

    motive: str
    ranks: tuple[TheoryRank, ...]
    """One for each theory."""
    note: str = ""
    weight: float = 1.0
    """How much the motive counts."""


@dataclass(frozen=True, slots=True)
class MotiveTable:
    """Motives of one side by the theories that explain them."""

    id: str
    title: str
    side: int | None
    """0 for the side that offers, 1 for the one that answers; None for neither."""
    theories: tuple[str, ...]
    rows: tuple[MotiveRow, ...]
    verdict: str
    """Who leads, by how much, and how well that stands, in a sentence or two."""


@dataclass(frozen=True, slots=True)
class MotiveTables:
    """One table of motives for each side, with a tally under each."""

    says: str
    tables: tuple[MotiveTable, ...]
    second_counts: float
    """How much a theory that is named second counts, from 0 to 1, beside 1 for the first."""


@dataclass(frozen=True, slots=True)
class StackedBar:
    """A whole, split into shares that add up to 1."""

    label: str
    shares: tuple[float, ...]
    """One for each category."""


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Wholes, split alike."""

    says: str
    measure: str
    """What the shares count: `of 100 simulations`."""
    categories: tuple[str, ...]
    bars: tuple[StackedBar, ...]
    subject: str = ""
    """What of the model it is of: `replies`."""


@dataclass(frozen=True, slots=True)
class TimeMark:
    """Something at a time, or over one."""

    start: float
    end: float
    kind: TimeKind
    side: int | None = None
    """Whose it is: 0 for the side that offers, 1 for the one that answers, None for another or neither."""
    label: str = ""
    """What it is, where the row does not say it."""


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A row of a timeline."""

    label: str
    marks: tuple[TimeMark, ...]
    value: str = ""
    """What became of it, in a few words, at the right."""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows of marks over the years."""

    says: str
    rows: tuple[TimeRow, ...]
    heading: str = ""
    value_heading: str = ""
    legend: tuple[tuple[TimeKind, int | None, str], ...] = ()
    """What each kind of mark means: kind, side, words."""


@dataclass(frozen=True, slots=True)
class TallyPart:
    """So many units of one state."""

    state: CellState
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A row of units, a mark each."""

    label: str
    parts: tuple[TallyPart, ...]
    value: str = ""


@dataclass(frozen=True, slots=True)
class UnitTally:
    """Counts, drawn one mark a unit."""

    says: str
    rows: tuple[TallyRow, ...]
    unit: str = ""
    """What a mark stands for: `one proposal`."""


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A node of a small network, with its place from 0 to 1 in either direction."""

    label: str
    x: float
    y: float
    side: int | None = None


@dataclass(frozen=True, slots=True)
class NetworkTie:
    """A tie between two nodes, by their numbers."""

    first: int
    second: int
    is_new: bool = False
    """Whether it is there only by the channel that is shown."""


@dataclass(frozen=True, slots=True)
class Network:
    """Who is tied to whom."""

    title: str
    nodes: tuple[NetworkNode, ...]
    ties: tuple[NetworkTie, ...]


@dataclass(frozen=True, slots=True)
class Networks:
    """A few small networks side by side."""

    says: str
    networks: tuple[Network, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: a state, and a word or number where the state does not say enough."""

    state: CellState
    text: str = ""


@dataclass(frozen=True, slots=True)
class CellGrid:
    """Rows by columns, each cell in one of a few states."""

    says: str
    corner: str
    """What the rows are, above their titles."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GridCell, ...]], ...]
    """A title, and a cell for each column."""
    legend: tuple[tuple[CellState, str], ...] = ()
    groups: tuple[tuple[str, int], ...] = field(default=())
    """What stands above several columns, with how many it spans; nothing where columns stand for themselves."""


Picture = RangeRows | MotiveTables | StackedBars | Timeline | UnitTally | Networks | CellGrid
"""Any of the forms."""
