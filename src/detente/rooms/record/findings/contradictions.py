"""The section on where the sources disagree, with themselves or each other: computed where it can be."""

from __future__ import annotations

from collections import Counter

from detente.case.schema.case import Case
from detente.methods.chronology.consistency import ElapsedTime, MemberCount, SameValues, SharesSum
from detente.results.finding import Finding, Section, Tile
from detente.rooms.record.model.declared_checks import CheckResult, NotComparable, run_check
from detente.text.dates import format_months
from detente.text.english import count_noun, join_words, upper_first
from detente.text.number_format import format_number

METHOD = (
    "Contradictions are declared in the case with the entries that contradict each other or rest on what is "
    "contradicted. Where a check is declared it is computed anew from the case: shares over the members of a date, "
    "time between two entries, a count against the members, values and dates against each other. Undetermined means "
    "that the dates or memberships are too imprecise to tell."
)


NOT_COMPARABLE = {
    "share": "a share is no number",
    "date": "one of the entries has no date",
    "count": "what is stated is no number",
}


def _reason(result: CheckResult) -> str:
    """What was computed, in words."""
    match result:
        case SharesSum(agreement, shares, computed, stated):
            if agreement == "consistent":
                return f"{shares} shares add up to {format_number(stated)}"
            return f"{shares} shares add up to {format_number(computed)}, not {format_number(stated)}"
        case ElapsedTime():
            return _elapsed(result)
        case MemberCount(_, stated_members, certain, uncertain):
            doubt = f" and {uncertain} in doubt" if uncertain else ""
            return f"{stated_members} stated, {certain} certain{doubt}"
        case SameValues(_, values):
            return " against ".join(", ".join(value) if isinstance(value, tuple) else str(value) for value in values)
        case NotComparable(missing):
            return NOT_COMPARABLE[missing]


def _elapsed(result: ElapsedTime) -> str:
    if result.elapsed is None:
        return "one of the dates is open"
    between = f"between {result.since} and {result.to} lie {format_months(result.elapsed)}"
    months = format_number(result.months)
    return {
        "contradicted": f"{between}, not more than {months}",
        "consistent": f"{between}, which is more than {months}",
        "undetermined": f"{between}; whether more than {months} cannot be told",
    }[result.agreement]


def section(case: Case) -> Section | None:
    """The section, or None if the case knows of no contradiction."""
    import polars as pl

    if not case.contradictions:
        return None
    results = {name: run_check(case, c.check) for name, c in case.contradictions.items() if c.check}
    records = [
        {
            "contradiction": name,
            "in_words": part.says,
            "sort": part.type or "",
            "computed": f"{results[name].agreement}: {_reason(results[name])}" if name in results else "",
            "what_we_do": part.treatment or "",
            "touches": ", ".join(part.between),
        }
        for name, part in case.contradictions.items()
    ]
    found = Counter(r.agreement for r in results.values())
    outcomes = {
        "contradicted": "computing shows that they do in {}",
        "undetermined": "it cannot be told in {}",
        "consistent": "they agree in {}",
    }
    told = [words.format(count_noun(found[a], "place")) for a, words in outcomes.items() if found[a]]  # type: ignore[index]
    listed_only = len(records) - len(results)
    told += [f"{count_noun(listed_only, 'is', 'are')} listed and not computed"] if listed_only else []
    says = f"{upper_first(count_noun(len(records), 'place'))} where the sources disagree or were checked: {join_words(told)}."
    shown = [f"{name} ({_reason(r)})" for name, r in results.items() if r.agreement == "contradicted"]
    detail = f"Shown by computing: {'; '.join(shown)}." if shown else says
    finding = Finding(
        id="list",
        title="Where the sources disagree",
        says=detail,
        see="Computed ones first say what the numbers and dates of this case give.",
        table=pl.DataFrame(sorted(records, key=lambda r: not r["computed"])),
        links=("contradiction", "touches"),
        method=METHOD,
        rests_on=tuple(case.contradictions),
    )
    return Section(
        id="contradictions",
        title="Where the sources disagree",
        answer=says,
        tile=Tile(
            "Where the sources disagree",
            f"{upper_first(count_noun(found['contradicted'], 'contradiction'))} shown by computing",
            f"{listed_only} more listed, {found['consistent']} checks agree, {found['undetermined']} undetermined",
        ),
        findings=(finding,),
        outcome={f"contradictions.{a}": float(n) for a, n in found.items()},
        method=METHOD,
    )
