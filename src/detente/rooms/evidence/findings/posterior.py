"""The finding on how probable each hypothesis is after the evidence, and what would reverse it."""

from __future__ import annotations

from detente.case.schema.case import Case
from detente.methods.inference.bayesian_updating import decibels, test_name
from detente.results.finding import Finding, Robustness
from detente.rooms.evidence.findings.charts import Bar, waterfall_chart
from detente.rooms.evidence.model.coding_routes import motive_of
from detente.rooms.evidence.model.posterior import Updated, bounds, factorised, failing, losses, losses_to, ranked
from detente.text.english import count, listed, sentence
from detente.text.number_format import chance, number

MOST_NAMED = 6
THRESHOLDS = (3.0, 6.0, 9.0, 12.0)
METHOD = (
    "Bayesian updating over hypotheses of which exactly one is taken to be true (for process tracing: Fairfield and "
    "Charman 2017). Weights of evidence are 10 log10 of the ratio of likelihoods, in decibels: 3 is odds of 2 to 1, "
    "10 of 10 to 1. The likelihoods of coded passages are not in the sources: they are made from the coder's "
    "strengths by the mapping of the case, an assumption. Pieces of one cluster with correlation r count as "
    "k/(1+(k-1)r): Kish's (1965) effective sample size, used on weights of evidence as a rule of thumb of ours. With "
    "it a piece that is weak, or bears on another theory only, lowers the mean of its cluster. The range lets every "
    "likelihood and prior take its worst value by itself, and the correlation every value of its interval: an outer "
    "bound. Tests are named after Van Evera (1997): a clue is a smoking gun if finding it is worth the threshold or "
    "more, a hoop if not finding it is, doubly decisive if both, else a straw in the wind; the threshold is ours."
)


def weight_of_evidence(case: Case, found: Updated) -> Finding:
    """The posterior, with what each piece adds, and what would reverse it."""
    import polars as pl

    evidence = found.evidence
    names = {h: case.hypotheses[h].name for h in evidence.hypotheses}
    records = []
    for piece, part, unit in zip(evidence.pieces, found.parts, evidence.rests_on, strict=True):
        p, q = _presence(case, found, unit, piece.chances[found.first], piece.chances[found.second])
        records.append(
            {
                "piece": unit,
                "coding": part.id if part.id != unit else "",
                "cluster": part.cluster,
                "observed": "absent" if unit in case.clues and case.clues[unit].absent else "present",
                "chance_first": round(piece.chances[found.first], 4),
                "chance_second": round(piece.chances[found.second], 4),
                "decibels_alone": round(part.alone, 2),
                "decibels_counted": round(part.counted, 2),
                "as_a_test": _kind(p, q, case.evidence.threshold, names[found.second]),
            }
        )
    of = "the weight of what its passages say" if evidence.coder else "the weight of evidence"
    return Finding(
        id=f"{found.test.id}-weight",
        title=f"{found.test.table.title}: {of}",
        says=_lead_words(case, found),
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


def reversal(case: Case, found: Updated) -> Finding:
    """Every hypothesis with its range, and what would put it before the first."""
    import polars as pl

    ranges, total = bounds(case, found), sum(found.evidence.prior.values())
    records = []
    for h in ranked(found.after):
        rival = h != found.first
        level, passed = (losses_to(case, found, h, to_a_tie=tie) if rival else None for tie in (True, False))
        lost = passed or level
        records.append(
            {
                "hypothesis": h,
                "in_words": case.hypotheses[h].name,
                "before": found.evidence.prior[h] / total,
                "after": found.after[h],
                "lowest": ranges[h][0],
                "highest": ranges[h][1],
                "behind_by_decibels": round(decibels(found.after[found.first], found.after[h]), 1) if rival else None,
                "level_without_pieces": level.number if level else None,
                "ahead_without_pieces": passed.number if passed else None,
                "these_among_them": ", ".join(_lost(found, lost.pieces)) if lost else "",
            }
        )
    tellers = (_structure_words, _theories_words, _reversal_words, _tests_words)
    return Finding(
        id=f"{found.test.id}-reversal",
        title=f"{found.test.table.title}: what would reverse that",
        says=" ".join(words for tell in tellers if (words := tell(case, found))),
        see="Each hypothesis before and after, with its range; how many pieces of evidence would have to be lost for "
        "it to draw level with the first, or to pass it.",
        table=pl.DataFrame(records, infer_schema_length=None),
        links=("hypothesis", "these_among_them"),
        method=METHOD,
        rests_on=(found.test.id, *found.evidence.hypotheses),
        robustness=Robustness("tie") if found.tie else Robustness("descriptive"),
    )


def _presence(case: Case, found: Updated, unit: str, p: float, q: float) -> tuple[float, float]:
    """The chances of finding a piece under the two leading hypotheses, whether or not it was found."""
    clue = case.clues.get(unit)
    return (clue.likelihood[found.first].mean, clue.likelihood[found.second].mean) if clue else (p, q)


def _kind(p: float, q: float, threshold: float, other: str) -> str:
    """What sort of test it is of the first hypothesis, or else of the second."""
    straw = "straw in the wind"
    of_second = test_name(q, p, threshold)
    return test_name(p, q, threshold) if of_second == straw else f"{of_second}, of {other}"


def _structure_words(case: Case, found: Updated) -> str:
    """What follows from the form of the hypotheses alone."""
    every = factorised(case, found)
    if every is None:
        return ""
    return (
        f"Evidence for one theory never counts against another here, so {_named(case, every)} leads wherever each "
        "theory has more for it than against it: that is structural, true for any passages."
    )


def _theories_words(case: Case, found: Updated) -> str:
    """How probable it is that each theory holds, alone or with others, before and after."""
    holds = {h: part.holds for h, part in case.hypotheses.items()}
    if any(theories is None for theories in holds.values()):
        return ""
    total = sum(found.evidence.prior.values())
    words = []
    for theory, part in case.theories.items():
        its = [h for h, theories in holds.items() if theory in (theories or ())]
        before, after = (sum(p[h] for h in its) for p in (found.evidence.prior, found.after))
        words.append(f"{part.name} {chance(after)} (before it {chance(before / total)})")
    return f"That a theory holds, alone or with others: {listed(words)}."


def _bars(case: Case, found: Updated) -> list[Bar]:
    """What speaks for and against the first hypothesis, motive by motive and clue by clue."""
    added: dict[tuple[str, str], float] = {}
    for part, unit in zip(found.parts, found.evidence.rests_on, strict=True):
        if abs(part.counted) > 1e-9:
            key = (motive_of(case, unit) or unit, "for" if part.counted > 0 else "against")
            added[key] = added.get(key, 0.0) + part.counted
    titles = {id: motive.title for id, motive in case.motives.items()} | {id: id for id in case.clues}
    owners = list(dict.fromkeys(owner for owner, _ in added))
    ordered = [(owner, side) for owner in owners for side in ("for", "against") if (owner, side) in added]
    return [Bar(f"{titles[owner]}, {side}", f"{owner} {side}", added[owner, side]) for owner, side in ordered]


def _named(case: Case, hypothesis: str) -> str:
    return f"“{case.hypotheses[hypothesis].name}”"


def _lead_words(case: Case, found: Updated) -> str:
    """The finding in a sentence: what leads, by how much, and of what."""
    first, second = _named(case, found.first), _named(case, found.second)
    low, high = bounds(case, found)[found.first]
    within = f" ({chance(low)} to {chance(high)} over what is assumed)" if high - low > 1e-9 else ""
    if found.tie:
        words = f"{first} and {second} are equally probable, {chance(found.after[found.first])} each{within}"
    else:
        words = f"{first} is the most probable, {chance(found.after[found.first])}{within}, by odds of "
        words += f"{odds(found.lead)} to 1 to {second}, {number(round(found.lead, 1))} decibels"
        if abs(found.before) > 1e-6:
            words += f", of which {number(round(found.weight, 1))} are the evidence's"
    if found.evidence.coder:
        who = case.coders[found.evidence.coder].name
        clues = any(unit in case.clues for unit in found.evidence.rests_on)
        what = "Its passages weigh" if clues else "This weighs"
        words += f". {what} how the documents speak, as {who} codes it, and not what happened"
    return f"{words}."


def odds(db: float) -> str:
    """Decibels as odds to 1, with no more digits than tell them from even odds."""
    value = 10 ** (db / 10)
    return f"{value:.0f}" if value >= 10 else number(round(value, 1 if value >= 1.15 else 2))


def _reversal_words(case: Case, found: Updated) -> str:
    if found.tie:
        return ""
    first, second = _named(case, found.first), _named(case, found.second)
    words = (
        [f"Prior odds of more than {odds(found.weight)} to 1 for {second} would reverse it."]
        if found.weight > 0
        else [f"It leads by its prior alone: prior odds of less than {odds(-found.weight)} to 1 for {first} lose it."]
    )
    level, passed = losses(case, found, to_a_tie=True), losses(case, found, to_a_tie=False)
    for lost, what in ((level, "draws level"), (passed, "leads")):
        if lost and not (lost is level and passed and passed[1].number == lost[1].number):
            rival, which = lost[0], listed(_lost(found, lost[1].pieces))
            which = f"among them {which}" if lost[1].number > MOST_NAMED else which
            words.append(
                f"Without {count(lost[1].number, 'piece')} of evidence ({which}) {_named(case, rival)} {what}."
            )
    if passed is None:
        words.append("No loss of evidence puts another before it.")
    stretches = [] if found.alike else failing(found)
    if stretches:
        where = listed((f"{number(low)} to {number(high)}" for low, high in stretches), "or")
        words.append(f"Another leads where the correlation within clusters is {where}.")
    return " ".join(words)


def _lost(found: Updated, pieces: tuple[str, ...]) -> list[str]:
    """The passages and clues of some pieces, the first few where they are many."""
    owners = dict(zip((p.id for p in found.evidence.pieces), found.evidence.rests_on, strict=True))
    return list(dict.fromkeys(owners[id] for id in pieces))[:MOST_NAMED]


def _tests_words(case: Case, found: Updated) -> str:
    """How many pieces are more than straws between the two that lead, and how that hangs on the threshold."""
    counts = {}
    for threshold in sorted({case.evidence.threshold, *THRESHOLDS}):
        kinds = []
        for piece, unit in zip(found.evidence.pieces, found.evidence.rests_on, strict=True):
            p, q = _presence(case, found, unit, piece.chances[found.first], piece.chances[found.second])
            kinds.append(_kind(p, q, threshold, ""))
        counts[threshold] = sum(kind != "straw in the wind" for kind in kinds)
    own, total = counts.pop(case.evidence.threshold), len(found.evidence.pieces)
    others = listed(f"{n or 'none'} at {number(t)}" for t, n in counts.items())
    if any(unit in case.clues for unit in found.evidence.rests_on):
        many = f"{own or 'none'} of the {total} pieces {'is' if own < 2 else 'are'}"
    else:
        most = number(round(max(abs(part.alone) for part in found.parts), 1))
        many = f"no passage is worth more than {most} under the mapping; {own or 'none'} of the {total} codings "
        many += "is" if own < 2 else "are"
    straw = "a straw in the wind, which hardly tells these two apart"
    by = f"by a threshold of {number(case.evidence.threshold)} decibels ({others})"
    return sentence(f"{many} more than {straw}, {by}")
