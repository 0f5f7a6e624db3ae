"""The finding on whether a first step reassures: how large it must be to tell those who mean well from the others."""

from __future__ import annotations

from collections.abc import Iterator

from detente.case.entries.entries import case_entries
from detente.case.index.by_year import display_name
from detente.case.schema.case import Case
from detente.results.finding import Finding
from detente.results.pictures import Bar, RangeRow, RangeRows
from detente.results.table import Column, make_table
from detente.rooms.durability.findings.text import by_view_phrase
from detente.rooms.durability.model.trust.reassurance import TRUST_LEVELS, Reassurance, StepShares, StepSize
from detente.text.english import as_sentence, join_words, upper_first
from detente.text.games import PLAY_DESCRIPTIONS
from detente.text.number_format import format_number, per_hundred

STEP_SIZE_PHRASES: dict[StepSize, tuple[str, str]] = {
    "too small": ("is too small", "those who mean to exploit would take it, too, and wait for more"),
    "too large": ("is too large", "those who mean well would not dare"),
    "fitting": ("is of the right size", "only those who mean well would take it"),
}
"""What the size of a first step comes to, and why."""
COLUMNS = (
    Column("play", "in the first round"),
    Column("holds", "is an equilibrium", "yes_no"),
    Column("side"),
    Column("trust", "trusts the other", "number", "probability that the other is trustworthy"),
    Column("least", "least step that reassures", "number", "share of what is at stake", missing="none"),
    Column("most", "most", "number", "share of what is at stake", missing="none"),
    Column("gain", "gain to a trustworthy side", "number", "payoffs of the game"),
)


def reassurance_finding(result: Reassurance, case: Case) -> Finding:
    """Whether a first step of the size that the case says would tell the trustworthy from the others."""
    title = case.games[result.game].title
    return Finding(
        id=f"reassurance-{result.game}",
        title=f"{title}: whether a first step reassures",
        says=" ".join(_sentences(result, case)),
        see=(
            "What the two kinds may do in the first round, and which steps only the trustworthy take. Refusal by both "
            "is an equilibrium whatever the step."
        ),
        table=make_table(COLUMNS, _rows(result, case)),
        picture=_band_picture(result),
        method=(
            "Two rounds, the share a of what is at stake in the first and the rest in the second, which is played if "
            "both took the step. Our own version of reassurance (after Kydd 2000), which may differ from his in "
            "detail; the equilibria are in pure strategies, the kinds of both sides doing alike; where sides trust "
            "each other enough they are taken to cooperate in the second round, though mutual defection is an "
            "equilibrium of it, too."
        ),
        rests_on=result.rests_on,
    )


def _rows(result: Reassurance, case: Case) -> Iterator[dict[str, object]]:
    """For each play of the first round and each side, whether it is an equilibrium, and what it gains."""
    for play, words in PLAY_DESCRIPTIONS.items():
        for index, side in enumerate(result.sides):
            low, high = side.band
            gains = result.equilibrium_gains.get(play)
            yield {
                "play": words,
                "holds": gains is not None,
                "side": display_name(case, side.party),
                "trust": side.trust_at_means,
                "least": low if low < high else None,
                "most": high if low < high else None,
                "gain": None if gains is None else gains[index],
            }


def _sentences(result: Reassurance, case: Case) -> Iterator[str]:
    yield _step_sentence(result)
    if "pooling" in result.equilibrium_gains:
        yield "None is needed at the means: both trust each other enough to take it whatever their kind."
    yield _shares_sentence(result.shares)
    if not result.view.is_main and (hopeless := _hopeless_sentence(result, case)):
        yield hopeless
    yield _trust_range_sentence(result)
    entries_by_id = case_entries(case)
    if claims := [entries_by_id[id].says for id in result.tests if id in entries_by_id]:
        yield f"This is what becomes here of the claim: {' '.join(map(as_sentence, claims))}"


def _step_sentence(result: Reassurance) -> str:
    """What the size of the first step comes to at the means."""
    sentence = f"A first step that puts {format_number(result.step)} of what is at stake at risk "
    by_phrase, (low, high) = by_view_phrase(result.view), result.band
    if result.step_size == "none fits":
        return sentence + (
            f"reassures nobody {by_phrase}: at the trust there is no step is large enough "
            "to put off those who mean to exploit, and small enough for those who do not."
        )
    size_phrase, reason = STEP_SIZE_PHRASES[result.step_size]
    return sentence + (
        f"{size_phrase} to reassure {by_phrase}: {reason}. It "
        f"takes between {format_number(low)} and {format_number(high)}."
    )


def _shares_sentence(shares: StepShares) -> str:
    """In how many draws the step is of the right size."""
    return (
        f"Of 100 draws it is right in {per_hundred(shares.fitting)}, too small in {per_hundred(shares.too_small)}, "
        f"too large in {per_hundred(shares.too_large)}, and in {per_hundred(shares.none_fits)} no step is right."
    )


def _hopeless_sentence(result: Reassurance, case: Case) -> str:
    """Who would not cooperate by the main theory however far the other is trusted, if anybody."""
    names = [display_name(case, side.party) for side in result.sides if side.is_hopeless]
    if not names:
        return ""
    trusted_phrase = "it trusted" if len(names) == 1 else "they trusted"
    return (
        f"{upper_first(by_view_phrase(result.main_view))} {join_words(names)} would "
        f"not cooperate however far {trusted_phrase} the other."
    )


def _trust_range_sentence(result: Reassurance) -> str:
    """For which trust, the same on both sides, some step would do at these payoffs."""
    if result.is_structural:
        return "That some step does, however low the trust, follows from the payoffs alone: it is built in."
    if result.reassurable_trust is None:
        return "At the means no step does, whatever the trust."
    low, high = result.reassurable_trust
    is_up_to_one = high == (TRUST_LEVELS - 1) / TRUST_LEVELS
    if is_up_to_one and low == 1 / TRUST_LEVELS:
        return "At the means some step does, however low the trust."
    range_phrase = (
        f"from a trust of {format_number(low)} on"
        if is_up_to_one
        else f"between {format_number(low)} and {format_number(high)} of trust"
    )
    return f"At the means some step does {range_phrase}, if both trust alike, and at no other."


def _band_picture(result: Reassurance) -> RangeRows:
    """Which steps only the trustworthy take, by how far either trusts the other."""
    return RangeRows(
        says="Steps that only the trustworthy take, as a share of what is at stake.",
        measure="share of what is at stake",
        series=("steps that reassure",),
        rows=tuple(
            RangeRow(f"{round(100 * level)} per cent", (Bar(low, min(high, 1.0)) if low < high else None,))
            for level, low, high in result.band_over_trust
        ),
        heading="Trust in the other",
    )
