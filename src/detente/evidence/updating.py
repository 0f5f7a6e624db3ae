"""The findings on how probable each hypothesis is after the evidence, and what that turns on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.case.estimate import Estimate
from detente.case.reasoning import Strengths
from detente.case.schema import Case
from detente.evidence.bayes import (
    Losses,
    Part,
    decibels,
    failing_correlation,
    fewest_losses,
    parts,
    posterior,
    posterior_bounds,
    test_name,
)
from detente.evidence.charts import Bar, lines_chart, waterfall_chart
from detente.evidence.routes import Current, motive_of
from detente.evidence.tested import Tested
from detente.evidence.weighing import Evidence, correlations, gather, passage_coders
from detente.section import Finding, Robustness
from detente.words import capital, chance, count, listed, number, sentence

TIMES = (0.0, 0.5, 1.0, 1.5, 2.0)
"""How many times the decibels of the case's mapping are taken, to show how the answer moves with it."""
CORRELATIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
MOST_NAMED = 6
THRESHOLDS = (3.0, 6.0, 9.0, 12.0)
METHOD = (
    "Bayesian updating over hypotheses of which exactly one is taken to be true (for process tracing: Fairfield and "
    "Charman 2017; Humphreys and Jacobs 2015). Weights of evidence are 10 log10 of the ratio of likelihoods, in "
    "decibels: 3 is odds of 2 to 1, 10 of 10 to 1. The likelihoods of coded passages are not in the sources: they are"
    " made from the coder's strengths by the mapping of the case, an assumption. Pieces of one cluster with "
    "correlation r count as k/(1+(k-1)r), so a weak piece lowers the mean of its cluster. The interval lets every "
    "likelihood and prior take its worst value by itself. A test is called a smoking gun if the clue's presence is "
    "worth the threshold or more, a hoop if its absence is, doubly decisive if both, else a straw in the wind (Van "
    "Evera 1997). A lead is called fragile if losing one piece, or any mapping, correlation or coder tried here, "
    "gives it to another."
)


@dataclass(frozen=True, slots=True)
class Updated:
    """What the evidence on a table comes to."""

    test: Tested
    evidence: Evidence
    after: Mapping[str, float]
    first: str
    """The most probable hypothesis."""
    second: str
    parts: Sequence[Part]
    losses: Losses | None

    @property
    def tie(self) -> bool:
        """Whether the two most probable are equally so."""
        return abs(self.lead) < 1e-6

    @property
    def before(self) -> float:
        """The odds of the first to the second before the evidence, in decibels."""
        return decibels(self.evidence.prior[self.first], self.evidence.prior[self.second])

    @property
    def lead(self) -> float:
        """The same after it."""
        return self.before + sum(part.counted for part in self.parts)


def updated(case: Case, counting: Current, test: Tested) -> Updated | None:
    """The evidence on a table, weighed; None if the case has no hypotheses or nothing bears on it."""
    evidence = gather(case, counting, test.id)
    if evidence is None:
        return None
    rho = correlations(case)
    after = posterior(evidence.prior, evidence.pieces, rho)
    first, second = _ranked(after)[:2]
    losses = fewest_losses(evidence.prior, evidence.pieces, first, second, rho)
    for rival in _ranked(after)[2:]:
        other = fewest_losses(evidence.prior, evidence.pieces, first, rival, rho)
        losses = other if other and (losses is None or other.number < losses.number) else losses
    return Updated(test, evidence, after, first, second, parts(evidence.pieces, first, second, rho), losses)


def _ranked(after: Mapping[str, float]) -> list[str]:
    return sorted(after, key=lambda h: -after[h])


def brief_update(case: Case, found: Updated) -> str:
    """The posterior in a few words."""
    names = {h: case.hypotheses[h].name for h in found.after}
    if found.tie:
        return f"{names[found.first]} and {names[found.second]} tie at {chance(found.after[found.first])}"
    return ", ".join(f"{names[h]} {chance(found.after[h])}" for h in (found.first, found.second))


def weight_of_evidence(case: Case, found: Updated) -> Finding:
    """The posterior, with what each piece adds, and what would reverse it."""
    import polars as pl

    evidence, rho = found.evidence, correlations(case)
    threshold = case.evidence.threshold
    names = {h: case.hypotheses[h].name for h in evidence.hypotheses}
    records = []
    for piece, part, unit in zip(evidence.pieces, found.parts, evidence.rests_on, strict=True):
        p, q = piece.chances[found.first], piece.chances[found.second]
        records.append(
            {
                "piece": unit,
                "coding": part.id if part.id != unit else "",
                "cluster": part.cluster,
                "chance_first": round(p, 4),
                "chance_second": round(q, 4),
                "decibels_alone": round(part.alone, 2),
                "decibels_counted": round(part.counted, 2),
                "as_a_test": test_name(p, q, threshold),
            }
        )
    bounds = posterior_bounds(evidence.prior_ends, evidence.pieces, rho)
    shown = _ranked(found.after)
    says = "; ".join(
        f"{names[h]} {chance(found.after[h])}"
        + (f" ({chance(bounds[h][0])} to {chance(bounds[h][1])})" if _wide(bounds[h]) else "")
        for h in shown
    )
    words = [sentence(says)]
    words += (
        ["In brackets, the range over the intervals of likelihoods and priors."]
        if any(map(_wide, bounds.values()))
        else []
    )
    words += [tell(case, found) for tell in (_theories_words, _lead_words, _reversal_words, _tests_words)]
    return Finding(
        id=f"{found.test.id}-weight",
        title=f"{found.test.table.title}: the weight of evidence",
        says=" ".join(text for text in words if text),
        see=f"What the passages on each motive, and each clue, add to the odds of {names[found.first]} against "
        f"{names[found.second]}, after what they repeat of others is taken off. Three decibels are odds of 2 to 1.",
        table=pl.DataFrame(records),
        links=("piece", "coding", "cluster"),
        headers={
            "chance_first": f"Chance if {names[found.first]}",
            "chance_second": f"Chance if {names[found.second]}",
        },
        chart=waterfall_chart(
            found.test.table.title, (names[found.first], names[found.second]), found.before, _bars(case, found)
        ),
        method=METHOD,
        rests_on=tuple(
            dict.fromkeys((found.test.id, *evidence.hypotheses, *evidence.rests_on, *(p.id for p in evidence.pieces)))
        ),
        robustness=Robustness("tie") if found.tie else Robustness("descriptive"),
    )


def _bars(case: Case, found: Updated) -> list[Bar]:
    """What speaks for and against the first hypothesis, motive by motive and clue by clue."""
    added: dict[tuple[str, str], float] = {}
    for part, unit in zip(found.parts, found.evidence.rests_on, strict=True):
        if abs(part.counted) > 1e-9:
            key = (motive_of(case, unit) or unit, "for" if part.counted > 0 else "against")
            added[key] = added.get(key, 0.0) + part.counted
    titles = {id: motive.title for id, motive in case.motives.items()} | {id: id for id in case.clues}
    return [Bar(f"{titles[owner]}, {side}", f"{owner} {side}", adds) for (owner, side), adds in added.items()]


def _theories_words(case: Case, found: Updated) -> str:
    """How probable it is that each theory holds, alone or with others."""
    holds = {h: part.holds for h, part in case.hypotheses.items()}
    if any(theories is None for theories in holds.values()):
        return ""
    words = []
    for theory, part in case.theories.items():
        p = sum(found.after[h] for h, theories in holds.items() if theory in (theories or ()))
        words.append(f"{part.name} {chance(p)}")
    return f"That a theory holds, alone or with others: {listed(words)}."


def _wide(bounds: tuple[float, float]) -> bool:
    return bounds[1] - bounds[0] > 1e-9


def _lead_words(case: Case, found: Updated) -> str:
    first, second = (f"“{case.hypotheses[h].name}”" for h in (found.first, found.second))
    if found.tie:
        return f"{first} and {second} are equally probable."
    words = f"{first} leads {second} by {number(round(found.lead, 1))} decibels, odds of {_odds(found.lead)} to 1"
    evidence = found.lead - found.before
    if abs(found.before) > 1e-6:
        words += f", of which {number(round(evidence, 1))} are the evidence's"
    decisive = found.lead >= case.evidence.threshold
    return (
        f"{words}; that is {'' if decisive else 'not '}decisive by the threshold of {number(case.evidence.threshold)}."
    )


def _odds(db: float) -> str:
    odds = 10 ** (db / 10)
    return f"{odds:.0f}" if odds >= 10 else number(round(odds, 1))


def _reversal_words(case: Case, found: Updated) -> str:
    if found.tie:
        return ""
    second = f"“{case.hypotheses[found.second].name}”"
    weight = found.lead - found.before
    words = [f"prior odds of more than {_odds(weight)} to 1 for {second}"] if weight > 0 else []
    if found.losses:
        owners = dict(zip((p.id for p in found.evidence.pieces), found.evidence.rests_on, strict=True))
        lost = list(dict.fromkeys(owners[id] for id in found.losses.pieces))
        which = listed(lost) if len(lost) <= MOST_NAMED else f"e.g. {listed(lost[:3])}"
        words.append(f"the loss of {count(found.losses.number, 'piece')} of evidence ({which})")
    failing = failing_correlation(lambda rho: _margin(found.evidence, found.first, rho))
    if failing is not None:
        words.append(f"a correlation of {number(failing)} or more within clusters")
    text = (
        f"It would be reversed by {listed(words, 'or')}."
        if words
        else "No prior odds tried here and no loss reverses it."
    )
    if failing is None:
        text += "" if _arithmetic_words(found) else " No correlation within clusters does."
    return text


def _margin(evidence: Evidence, first: str, rho: float) -> float:
    after = posterior(evidence.prior, evidence.pieces, lambda cluster: rho)
    return after[first] - max(p for h, p in after.items() if h != first)


def _tests_words(case: Case, found: Updated) -> str:
    """How many pieces are more than straws, and how that hangs on the threshold."""
    counts = {}
    for threshold in sorted({case.evidence.threshold, *THRESHOLDS}):
        kinds = [test_name(p.chances[found.first], p.chances[found.second], threshold) for p in found.evidence.pieces]
        counts[threshold] = sum(kind != "straw in the wind" for kind in kinds)
    own = counts.pop(case.evidence.threshold)
    total = len(found.evidence.pieces)
    others = listed(f"{n} at {number(t)}" for t, n in counts.items())
    return (
        f"At {number(case.evidence.threshold)} decibels {own or 'none'} of the {total} pieces "
        f"{'is' if own < 2 else 'are'} more than a straw in the wind, a clue that hardly tells them apart; "
        f"{others}."
    )


def sensitivity(case: Case, counting: Current, found: Updated) -> Finding:
    """How the posterior moves with what cannot be known: the mapping of strengths, the correlation, the coder."""
    import polars as pl

    names = {h: part.name for h, part in case.hypotheses.items()}
    records: list[dict[str, object]] = []
    points: list[tuple[float, str, float]] = []

    def add(what: str, value: str, evidence: Evidence, common: float | None = None) -> str:
        after = posterior(evidence.prior, evidence.pieces, correlations(case, common))
        first = _leader(after)
        records.append(
            {
                "what_moves": what,
                "to": value,
                **{f"p_{h}": p for h, p in after.items()},
                "leads": names[first] if first else "tie",
            }
        )
        return first or ""

    leaders: dict[str, list[str]] = {}
    if found.evidence.coder:
        for times in TIMES:
            evidence = gather(case, counting, found.test.id, times=times) if times else None
            before = {h: p / sum(found.evidence.prior.values()) for h, p in found.evidence.prior.items()}
            after = posterior(evidence.prior, evidence.pieces, correlations(case)) if evidence else before
            points += [(times, names[h], p) for h, p in after.items()]
            if evidence:
                leaders.setdefault("mapping", []).append(
                    add("decibels of the mapping", f"{number(times)} times", evidence)
                )
        for name, mapping in _mappings(case.evidence.strengths).items():
            evidence = gather(case, counting, found.test.id, mapping=mapping)
            if evidence:
                leaders.setdefault("mapping", []).append(add("mapping of strengths", name, evidence))
    for rho in CORRELATIONS:
        leaders.setdefault("correlation", []).append(
            add("correlation within clusters", number(rho), found.evidence, rho)
        )
    for coder in passage_coders(case, counting, found.test.table):
        other = gather(case, counting, found.test.id, coder=coder)
        if other and other.coder:
            leaders.setdefault("coder", []).append(add("coder of the passages", case.coders[coder].name, other))
    moved = [what for what, seen in leaders.items() if set(seen) - {found.first}]
    says = "The most probable hypothesis stays the same over every mapping, correlation and coder tried."
    if found.tie:
        says = "Nothing leads, so there is no lead to lose."
    elif moved:
        changes = listed(_moved_words(case, records, found.first))
        says = f"“{names[found.first]}” does not lead {changes}."
    fragile = bool(moved) or (found.losses is not None and found.losses.number == 1)
    standing = Robustness("tie" if found.tie else "fragile" if fragile else "robust")
    return Finding(
        id=f"{found.test.id}-mapping",
        title=f"{found.test.table.title}: how the weight of evidence moves with what is assumed",
        says=f"{says} {_arithmetic_words(found)}{_only_assumed(case)}",
        see="The probability of each hypothesis by how strongly passages are taken to speak; the case's own is 1.",
        table=pl.DataFrame(records),
        headers={f"p_{h}": name for h, name in names.items()},
        chart=lines_chart(
            f"{found.test.table.title}: probability of each hypothesis by how strongly passages are taken to speak",
            points,
            1.0,
            "times the decibels of the mapping",
            (0.0, 1.0),
        )
        if points
        else None,
        method=METHOD,
        rests_on=(found.test.id, *found.evidence.hypotheses),
        robustness=standing,
    )


def _mappings(own: Strengths) -> dict[str, Strengths]:
    """Mappings of another shape than the case's own: a common factor on its decibels can hardly change an order."""
    nothing = Estimate(value=0.5)
    return {
        "all strengths alike": own.model_copy(update={"strong": own.moderate, "weak": own.moderate}),
        "strong passages only": own.model_copy(update={"moderate": nothing, "weak": nothing, "conditional": nothing}),
        "strong ones set aside": own.model_copy(update={"strong": nothing}),
        "conditional ones as weak": own.model_copy(update={"conditional": own.weak}),
    }


def _arithmetic_words(found: Updated) -> str:
    """Said where a common factor on all weights, which a correlation is too, cannot change the order."""
    alike = (
        len(set(found.evidence.prior.values())) == 1 and len({piece.cluster for piece in found.evidence.pieces}) == 1
    )
    if not alike:
        return ""
    return (
        "With one cluster and equal priors neither the correlation nor a common factor on the mapping can change the "
        "order: that is arithmetic, true for any evidence. "
    )


def _leader(after: Mapping[str, float]) -> str | None:
    first, second = _ranked(after)[:2]
    return first if after[first] - after[second] > 1e-9 else None


def _moved_words(case: Case, records: Sequence[Mapping[str, object]], first: str) -> list[str]:
    own = case.hypotheses[first].name
    where: dict[str, list[str]] = {}
    for record in records:
        if record["leads"] != own:
            where.setdefault(str(record["what_moves"]), []).append(f"{record['to']} ({record['leads']})")
    return [f"with {what} at {listed(values)}" for what, values in where.items()]


def _only_assumed(case: Case) -> str:
    mapping = case.evidence.strengths
    odds = listed(
        f"{name} {number(getattr(mapping, name).mean)}" for name in ("strong", "moderate", "weak", "conditional")
    )
    return capital(f"the mapping is an assumption: {odds} is the chance of such a passage if its theory holds.")
