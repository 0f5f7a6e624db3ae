"""The section on where the sources disagree, with themselves or each other: computed where it can be."""

from __future__ import annotations

from collections import Counter

from detente.methods.chronology.consistency import ElapsedTime, MemberCount, SameValues, SharesSum
from detente.results.finding import Finding, Section, Tile
from detente.results.table import Column, make_table
from detente.rooms.record.model.declared_checks import CheckResult, NotComparable
from detente.rooms.record.model.record import RecordModel
from detente.text.dates import format_months, name_seasons
from detente.text.english import as_sentence, count_noun, join_words, upper_first
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


def _result_cells(result: CheckResult) -> dict[str, object]:
    """What was computed, beside what is stated."""
    cells: dict[str, object] = {"computed": str(result.agreement)}
    match result:
        case SharesSum(_, shares, computed, stated):
            return cells | {"stated": stated, "found": computed, "counted_in": "sum of shares", "parts": shares}
        case ElapsedTime():
            return cells | _elapsed_cells(result)
        case MemberCount(_, stated_members, certain, uncertain):
            upper = certain + uncertain if uncertain else None
            return cells | {"stated": stated_members, "found": certain, "found_to": upper, "counted_in": "members"}
        case SameValues(_, values):
            texts = (", ".join(value) if isinstance(value, tuple) else str(value) for value in values)
            return cells | {"by_what": " against ".join(f"“{text}”" for text in texts)}
        case NotComparable(missing):
            return cells | {"by_what": as_sentence(NOT_COMPARABLE[missing])}


def _elapsed_cells(result: ElapsedTime) -> dict[str, object]:
    """The months between two dates, from the fewest to the most, beside those that they are said to exceed."""
    cells: dict[str, object] = {"stated": result.months, "counted_in": "months, said to be more"}
    if result.elapsed is None:
        return cells | {"by_what": "One of the dates is open."}
    low, high = result.elapsed.shortest_months, result.elapsed.longest_months
    upper = high if round(high) != round(low) else None
    by_what = f"Between {name_seasons(str(result.since))} and {name_seasons(str(result.to))}."
    return cells | {"found": low, "found_to": upper, "by_what": by_what}


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


AGREEMENT_PHRASES = {
    "contradicted": "computing shows that they do in {}",
    "undetermined": "it cannot be told in {}",
    "consistent": "they agree in {}",
}

AS_COUNTED = "as the row says"
COLUMNS = (
    Column("contradiction", format="id"),
    Column("in_words"),
    Column("sort"),
    Column("computed"),
    Column("stated", format="number", unit=AS_COUNTED),
    Column("found", format="tenths", unit=AS_COUNTED),
    Column("found_to", "or up to", "tenths", AS_COUNTED),
    Column("counted_in"),
    Column("parts", "parts added", "count", "shares"),
    Column("by_what"),
    Column("what_we_do"),
    Column("touches", format="ids"),
)


def contradictions_section(model: RecordModel) -> Section | None:
    """The section, or None if the case knows of no contradiction."""
    if not model.case.contradictions:
        return None
    found = Counter(str(result.agreement) for result in model.checks.values())
    listed_only = len(model.case.contradictions) - len(model.checks)
    says = _counts_sentence(model, found, listed_only)
    return Section(
        id="contradictions",
        title="Where the sources disagree",
        answer=says,
        tile=Tile(
            "Where the sources disagree",
            f"{upper_first(count_noun(found['contradicted'], 'contradiction'))} shown by computing",
            f"{listed_only} more listed, {found['consistent']} checks agree, {found['undetermined']} undetermined",
        ),
        findings=(_contradictions_finding(model, says),),
        method=METHOD,
    )


def _counts_sentence(model: RecordModel, found: Counter[str], listed_only: int) -> str:
    told = [words.format(count_noun(found[a], "place")) for a, words in AGREEMENT_PHRASES.items() if found[a]]
    told += [f"{count_noun(listed_only, 'is', 'are')} listed and not computed"] if listed_only else []
    count_phrase = upper_first(count_noun(len(model.case.contradictions), "place"))
    return f"{count_phrase} where the sources disagree or were checked: {join_words(told)}."


def _contradictions_finding(model: RecordModel, summary: str) -> Finding:
    """Each contradiction; what computing shows, or the summary where it shows none."""
    results = model.checks
    records = [
        {
            "contradiction": name,
            "in_words": part.says,
            "sort": part.type or "",
            **(_result_cells(results[name]) if name in results else {}),
            "what_we_do": part.treatment or "",
            "touches": ", ".join(part.between),
        }
        for name, part in model.case.contradictions.items()
    ]
    shown = [f"{name} ({_reason(r)})" for name, r in results.items() if r.agreement == "contradicted"]
    return Finding(
        id="list",
        title="Where the sources disagree",
        says=f"Shown by computing: {'; '.join(shown)}." if shown else summary,
        see="Computed ones first say what the numbers and dates of this case give.",
        table=make_table(COLUMNS, sorted(records, key=lambda r: "computed" not in r)),
        method=METHOD,
        rests_on=tuple(model.case.contradictions),
    )
