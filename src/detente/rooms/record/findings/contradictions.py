"""The section on where the sources disagree, with themselves or each other: computed where it can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from detente.case.schema.document_conclusions import ContradictionKind, ContradictoryClaim
from detente.methods.chronology.consistency import ElapsedTime, MemberCount, SameValues, SharesSum
from detente.results.finding import Finding, Section
from detente.results.table import Column, make_table
from detente.rooms.record.model.contradictions import ComparedContradiction, count_by_kind
from detente.rooms.record.model.declared_checks import CheckResult, NotComparable
from detente.rooms.record.model.record import RecordModel
from detente.text.dates import format_months, name_seasons
from detente.text.english import as_sentence, cardinal, count_noun, upper_first
from detente.text.number_format import format_number

METHOD = (
    "Contradictions are declared in the case with the thing that all claims are about, what each claims, and the "
    "entries that rest on it. Claims of different things or times are refused, unless that is what explains them. "
    "Where a check is declared it is computed anew from the case: shares over the members of a date, time between two "
    "entries, a count against the members, values and dates against each other; and so is what explains an apparent "
    "contradiction. Undetermined means that the dates or memberships are too imprecise to tell."
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


KIND_PHRASES: Mapping[ContradictionKind, str] = {
    "between-documents": "between documents",
    "within-document": "within a document",
    "against-others": "against what is known elsewhere",
    "apparent": "only apparent",
    "slip": "slip",
    "check": "check of a figure",
}
"""The kinds, in the order in which they are shown."""
EXPLANATION_PHRASES = {"dates": "different dates", "objects": "different things"}
AS_COUNTED = "as the row says"
COLUMNS = (
    Column("contradiction", format="id"),
    Column("kind"),
    Column("about", "the same thing"),
    Column("claims", "what each side says"),
    Column("in_words"),
    Column("explained_by", "explained by"),
    Column("explanation"),
    Column("explanation_computed", "explanation computed"),
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
    if not model.contradictions:
        return None
    return Section(
        id="contradictions",
        title="Where the sources disagree",
        headline=contradictions_headline(model),
        findings=(_contradictions_finding(model),),
        method=METHOD,
    )


def contradictions_headline(model: RecordModel) -> str:
    """How often the sources contradict each other and themselves, in one sentence."""
    counts = count_by_kind(model.contradictions)
    between, within = counts["between-documents"], counts["within-document"]
    if between:
        themselves = f", and themselves in {cardinal(within)}" if within else ""
        return f"The sources contradict each other in {count_noun(between, 'place')}{themselves}."
    if within:
        return f"The sources contradict themselves in {count_noun(within, 'place')}, and each other in none."
    return "The sources contradict neither each other nor themselves."


def _sentences(model: RecordModel) -> Iterator[str]:
    """How many contradictions there are between documents and within them, and how many only seem to be."""
    counts = count_by_kind(model.contradictions)
    yield contradictions_headline(model)
    if count := counts["apparent"]:
        subject, pronoun = (
            ("one more only seems", "it") if count == 1 else (f"{cardinal(count)} more only seem", "them")
        )
        yield f"{upper_first(subject)} to do so: different dates or things explain {pronoun}."
    if count := counts["against-others"]:
        yield f"In {count_noun(count, 'place')} a document contradicts what is known from elsewhere."
    if count := counts["slip"] + counts["check"]:
        verb = "notes a slip, or checks a figure" if count == 1 else "note slips, or check figures"
        yield f"{upper_first(count_noun(count, 'more entry', 'more entries'))} {verb}."


def _contradictions_finding(model: RecordModel) -> Finding:
    """Each contradiction, the true ones first, with what computing finds."""
    order = list(KIND_PHRASES)
    ordered = sorted(model.contradictions, key=lambda item: order.index(item.contradiction.kind))
    shown = [
        f"{item.id} ({_reason(item.computed)})"
        for item in ordered
        if item.computed and item.computed.agreement == "contradicted" and item.contradiction.kind != "apparent"
    ]
    return Finding(
        id="list",
        title="Where the sources disagree",
        says=" ".join([*_sentences(model), *([f"Shown by computing: {'; '.join(shown)}."] if shown else [])]),
        see="Contradictions between documents first, then within one; apparent ones, slips and checks last.",
        table=make_table(COLUMNS, map(_record, ordered)),
        method=METHOD,
        rests_on=tuple(model.case.contradictions),
    )


def _record(item: ComparedContradiction) -> dict[str, object]:
    """A contradiction: what both claims are about, what each says, what explains it, and what computing finds."""
    part = item.contradiction
    return {
        "contradiction": item.id,
        "kind": KIND_PHRASES[part.kind],
        "about": part.about or "",
        "claims": " ".join(map(_claim_sentence, part.claims)),
        "in_words": part.says,
        "explained_by": EXPLANATION_PHRASES[part.explained.by] if part.explained else "",
        "explanation": part.explained.says if part.explained else "",
        "explanation_computed": str(item.explanation_computed.agreement) if item.explanation_computed else "",
        **(_result_cells(item.computed) if item.computed else {}),
        "what_we_do": part.treatment or "",
        "touches": ", ".join(part.between),
    }


def _claim_sentence(claim: ContradictoryClaim) -> str:
    """A claim with where it comes from, its time, and what it is of where that is something else."""
    origins = [place.document for place in claim.at] + claim.sources
    remarks = [", ".join(dict.fromkeys(origins)) or "from elsewhere"]
    remarks += [f"of {claim.during}"] if claim.during else []
    remarks += [f"on {claim.of}"] if claim.of else []
    return as_sentence(f"{claim.says.rstrip('.')} ({'; '.join(remarks)})")
