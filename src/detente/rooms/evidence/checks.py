"""What the evidence room finds wrong in a case."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from detente.case.fault import Fault
from detente.case.loading.csv_codings import LIST_COLUMNS, SHEET_COLUMNS
from detente.case.schema.case import Case
from detente.case.schema.coding import Coding
from detente.case.schema.estimate import Estimate
from detente.case.schema.evidence_weights import Clue, PassageStrengths
from detente.errors import did_you_mean
from detente.methods.inference.bayesian_updating import joint_clue_probabilities

CERTAINTY_REMEDY = (
    "no evidence could ever change such a likelihood; a value, or a uniform or triangular distribution, within 0.01 to "
    "0.99, say; beta and normal ones reach the ends"
)
CHANCE_REMEDY = "a number from 0 to 1"
CHANCE_FIELDS = {
    "credibility": "the credibility",
    "relevance": "the relevance",
    "reliability": "the reliability",
    "otherwise": "the chance that an unreliable source reports it",
}


def evidence_faults(case: Case) -> Iterator[Fault]:
    """Codings that contradict each other, tables and settings that cannot be tallied, clues that cannot be weighed."""
    yield from _name_faults(case)
    yield from _coding_faults(case)
    yield from _unit_faults(case)
    yield from _setting_faults(case)
    yield from _hypothesis_faults(case)
    for name, clue in case.clues.items():
        yield from _clue_faults(case, name, clue)


def _name_faults(case: Case) -> Iterator[Fault]:
    """Names that two entries share, by which no reader could tell them apart, or that sheets need for themselves."""
    for section in ("theories", "hypotheses", "coders"):
        first_uses: dict[str, str] = {}
        for id, part in getattr(case, section).items():
            if part.name in first_uses:
                message = f"'{first_uses[part.name]}' has the same name"
                yield Fault((section, id, "name"), message, "no reader could tell them apart")
            first_uses.setdefault(part.name, id)
    for id in case.theories:
        if id in {*SHEET_COLUMNS, *LIST_COLUMNS}:
            yield Fault(("theories", id), f"a column of coding sheets is called '{id}'", "give the theory another id")


def _coding_faults(case: Case) -> Iterator[Fault]:
    primary_codings: dict[tuple[str, str, int], int] = {}
    first_codings: dict[tuple[str, str, str, int], int] = {}
    rounds: dict[tuple[str, str], set[int]] = {}
    for coding in case.codings:
        rounds.setdefault((coding.unit, coding.coder), set()).add(coding.round)
    for index, coding in enumerate(case.codings):
        path = ("codings", index)
        coding_key = (coding.unit, coding.theory, coding.coder, coding.round)
        if coding_key in first_codings:
            message = f"'{coding.coder}' codes '{coding.unit}' to '{coding.theory}' twice"
            remedy = f"it stands first as codings.{first_codings[coding_key]}; keep one, "
            remedy += "or give the later one a round, date and reason"
            yield Fault(path, message, remedy)
            continue
        first_codings[coding_key] = index
        unit_round = (coding.unit, coding.coder, coding.round)
        if coding.level == "primary" and unit_round in primary_codings:
            message = f"'{coding.coder}' gives '{coding.unit}' two primary theories"
            yield Fault(
                (*path, "level"), message, f"codings.{primary_codings[unit_round]} is primary too; make one secondary"
            )
        elif coding.level == "primary":
            primary_codings[unit_round] = index
        yield from _coding_kind_faults(case, coding, index)
        if coding.round > 1:
            if coding.round - 1 not in rounds[coding.unit, coding.coder]:
                round_message = f"there is no round {coding.round - 1} of '{coding.unit}' by '{coding.coder}'"
                yield Fault(
                    (*path, "round"),
                    round_message,
                    "count rounds from 1, and leave the earlier ones standing",
                    is_omission=True,
                )
            if not (coding.date and coding.because):
                yield Fault(path, "a unit coded again needs a date and a reason", "add date: and because:")
        elif case.coders[coding.coder].adjudicates and not (coding.date and coding.because):
            yield Fault(path, "a decision between coders needs a date and a reason", "add date: and because:")


def _coding_kind_faults(case: Case, coding: Coding, index: int) -> Iterator[Fault]:
    """A motive has a level; a passage or an argument has a direction, and perhaps a strength."""
    path = ("codings", index)
    if coding.unit in case.motives:
        if coding.level is None:
            yield Fault(path, f"'{coding.unit}' is a motive and needs a level", "primary, secondary or none")
        for key in ("direction", "strength"):
            if getattr(coding, key) is not None:
                yield Fault((*path, key), f"a motive has no {key}", "give it a level; passages have directions")
        return
    if coding.level is not None:
        remedy = "say direction: for, against or neither"
        yield Fault((*path, "level"), f"'{coding.unit}' is no motive and has no level", remedy)
    elif coding.direction is None:
        yield Fault(path, "this coding says neither for nor against", "add direction: for, against or neither")
    if coding.direction == "neither" and coding.strength:
        yield Fault((*path, "strength"), "what speaks neither for nor against has no strength", "leave it out")
    if coding.unit in case.arguments and case.arguments[coding.unit].motive is None:
        yield Fault((*path, "unit"), f"the argument '{coding.unit}' belongs to no motive", "give it a motive:")


def _unit_faults(case: Case) -> Iterator[Fault]:
    for name, passage in case.passages.items():
        if not passage.at:
            yield Fault(("passages", name), "a passage needs its place", "e.g. at: {document: ..., span: [120, 310]}")
    for name, coder in case.coders.items():
        for index, other in enumerate(coder.adjudicates):
            if case.coders[other].adjudicates:
                remedy = "name the coders between whom it decides"
                yield Fault(("coders", name, "adjudicates", index), f"'{other}' is no coder but decides too", remedy)
    for name, table in case.tables.items():
        for index, motive in enumerate(table.motives):
            if motive in table.motives[:index]:
                path = ("tables", name, "motives", index)
                yield Fault(path, f"'{motive}' stands twice in this table", "count it once")
        if not table.motives:
            yield Fault(("tables", name, "motives"), "a table needs at least one motive", "name those it tallies")
    for name, part in case.motives.items():
        if part.weight and part.weight.bounds[0] < 0:
            remedy = "0 leaves the motive out; a normal distribution reaches below 0, a lognormal one does not"
            yield Fault(("motives", name, "weight"), "a weight is 0 or more", remedy)


def _setting_faults(case: Case) -> Iterator[Fault]:
    settings = case.evidence
    yield from _interval_faults(
        ("evidence", "secondary"), settings.secondary, 0, 1, "what a secondary reading counts", "0 leaves it out"
    )
    for name in PassageStrengths.model_fields:
        path = ("evidence", "strengths", name)
        estimate: Estimate = getattr(settings.strengths, name)
        if not (estimate.bounds[0] >= 0.5 and estimate.bounds[1] < 1):
            message = "the chance of a passage if its theory holds is from 0.5 to below 1"
            yield Fault(
                path, message, "below 0.5 it would speak against the theory; 1 could never be changed by evidence"
            )
    yield from _interval_faults(
        ("evidence", "correlation"), settings.correlation, 0, 1, "a correlation within clusters", CHANCE_REMEDY
    )
    clusters = {c.cluster for c in case.clues.values() if c.cluster} | {*case.documents, *case.actors}
    clusters |= {entry.id for entry in case.record} | set(case.organisations)
    for name, estimate in settings.clusters.items():
        if name not in clusters:
            suggestion = (
                did_you_mean(name, clusters) or "name a cluster of the clues, a document, a speaker or an event"
            )
            yield Fault(("evidence", "clusters", name), f"no cluster '{name}'", suggestion, is_omission=True)
        yield from _interval_faults(
            ("evidence", "clusters", name), estimate, 0, 1, "a correlation within clusters", CHANCE_REMEDY
        )


def _interval_faults(
    path: tuple[str | int, ...], estimate: Estimate | None, low: float, high: float, subject: str, remedy: str
) -> Iterator[Fault]:
    if estimate and not (estimate.bounds[0] >= low and estimate.bounds[1] <= high):
        yield Fault(path, f"{subject} is between {low:g} and {high:g}", remedy)


def _hypothesis_faults(case: Case) -> Iterator[Fault]:
    with_theories = [name for name, part in case.hypotheses.items() if part.holds is not None]
    if len(case.hypotheses) == 1:
        path = ("hypotheses", next(iter(case.hypotheses)))
        yield Fault(
            path, "one hypothesis has no rival", "declare another, e.g. that neither theory holds", is_omission=True
        )
    for name, part in case.hypotheses.items():
        path = ("hypotheses", name)
        if with_theories and part.holds is None:
            yield Fault(path, "the other hypotheses say which theories hold, and this one does not", "add holds: [...]")
        twin = next(
            (o for o in with_theories if o != name and set(case.hypotheses[o].holds or ()) == set(part.holds or ())),
            None,
        )
        if part.holds is not None and twin and with_theories.index(twin) < with_theories.index(name):
            remedy = "exactly one of them is to be true; let them hold different theories"
            yield Fault((*path, "holds"), f"the same theories hold as in '{twin}'", remedy)
        if part.prior and part.prior.bounds[0] <= 0:
            yield Fault((*path, "prior"), "a prior is above 0", "what is impossible beforehand no evidence can show")


def _clue_faults(case: Case, name: str, clue: Clue) -> Iterator[Fault]:
    path = ("clues", name)
    if not (clue.likelihood or clue.consistency):
        yield Fault(path, "a clue needs likelihoods or a consistency with the hypotheses", "likelihood: {...}")
    missing = [h for h in case.hypotheses if clue.likelihood and h not in clue.likelihood]
    if missing:
        yield Fault((*path, "likelihood"), f"no likelihood under {', '.join(missing)}", "give one for each hypothesis")
    for h, estimate in clue.likelihood.items():
        if not (estimate.bounds[0] > 0 and estimate.bounds[1] < 1):
            yield Fault((*path, "likelihood", h), "a likelihood is above 0 and below 1, its ends too", CERTAINTY_REMEDY)
    for key, subject in CHANCE_FIELDS.items():
        yield from _interval_faults((*path, key), getattr(clue, key), 0, 1, subject, CHANCE_REMEDY)
    if clue.reliability and clue.reliability.bounds[0] <= 0:
        yield Fault((*path, "reliability"), "a reliability is above 0", "what a worthless source says is no clue")
    if clue.correlation and not clue.likelihood:
        yield Fault((*path, "correlation"), "without likelihoods there is nothing to correlate", "give some")
    earlier = list(case.clues)[: list(case.clues).index(name)]
    linked_clues: list[tuple[tuple[str | int, ...], str]] = [
        (("given", index), other) for index, other in enumerate(clue.given)
    ]
    linked_clues += [(("correlation", "with"), clue.correlation.to)] if clue.correlation else []
    for subpath, other in linked_clues:
        if other not in earlier or case.clues[other].table != clue.table:
            remedy = "name one that stands before it and bears on the same table"
            yield Fault((*path, *subpath), f"'{other}' is no earlier clue on '{clue.table}'", remedy)
        elif not case.clues[other].likelihood:
            yield Fault((*path, *subpath), f"'{other}' has no likelihoods", "give it some, or take this out")
    if clue.correlation and clue.correlation.to in earlier:
        yield from _correlation_faults(case.clues[clue.correlation.to], clue, path)
    if clue.correlation and clue.given:
        yield Fault((*path, "given"), "this clue has a correlation as well", "say one or the other")


def _correlation_faults(first: Clue, second: Clue, path: tuple[str | int, ...]) -> Iterator[Fault]:
    assert second.correlation is not None
    for h in first.likelihood.keys() & second.likelihood.keys():
        for p1, p2 in product(first.likelihood[h].bounds, second.likelihood[h].bounds):
            possible = 0 < p1 < 1 and 0 < p2 < 1
            for rho in second.correlation.rho.bounds if possible else ():
                try:
                    table = joint_clue_probabilities(p1, p2, rho) if -1 <= rho <= 1 else None
                except ValueError:
                    table = None
                if table is None or min(*table[0], *table[1]) <= 0:
                    message = f"clues of chance {p1:g} and {p2:g} (under {h}) cannot be correlated by {rho:g}"
                    yield Fault((*path, "correlation", "rho"), message, "take a correlation nearer to 0")
                    return
