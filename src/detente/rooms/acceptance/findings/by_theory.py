"""The findings on who accepts: by theory, by issue, through which channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.results.table import Column, make_table
from detente.rooms.acceptance.findings.charts.acceptance import acceptance_chart
from detente.rooms.acceptance.findings.columns import (
    OF_ALL_AT_STAKE,
    RUN_COLUMN,
    THEORY_COLUMN,
    share_cells,
    share_column,
)
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory, once_or_each, title_of_theory
from detente.rooms.acceptance.model.decision.built_in import can_only_refuse
from detente.text.english import join_words, upper_first
from detente.text.number_format import per_hundred


def _theory_columns(answering_side: str) -> tuple[Column, ...]:
    return (
        Column("year", format="year"),
        THEORY_COLUMN,
        RUN_COLUMN,
        share_column("strict", f"{answering_side} accepts by the strict test, of 100"),
        share_column("generous", "by the generous test"),
        share_column("refuses_only_by_it", "refuses with it, accepts without"),
        share_column("accepts_only_by_it", "accepts with it, refuses without"),
        Column("can_only_refuse", "can only refuse more often (built in)", "yes_no"),
        Column("utility", "median utility", "number", OF_ALL_AT_STAKE),
    )


def _theory_rows(labels: AcceptanceLabels) -> Iterator[dict[str, object]]:
    """How often the other side accepts in a year, by theory and form."""
    result = labels.result
    for theory in labels.deciders.theories:
        for variant in labels.deciders.offered_variants:
            refusing_share, accepting_share = result.decisive_shares(variant, theory)
            yield {
                "year": labels.deciders.actor_network.year,
                "theory": title_of_theory(theory),
                "run": labels.variant_cell(variant),
                **share_cells("strict", result.acceptance_share(variant, theory), result.draw_count),
                **share_cells("generous", result.generous_share(variant, theory), result.draw_count),
                **share_cells("refuses_only_by_it", refusing_share, result.draw_count),
                **share_cells("accepts_only_by_it", accepting_share, result.draw_count),
                "can_only_refuse": can_only_refuse(labels.deciders, theory) if theory.uses else None,
                "utility": result.median_utility(variant, theory),
            }


def acceptance_by_theory_finding(years: Sequence[AcceptanceLabels]) -> Finding:
    """How often the other side accepts, by each theory, and where a theory decides that."""
    last_labels = years[-1]
    bars = [
        (
            title_of_theory(theory),
            variant.form,
            last_labels.variant_cell(variant),
            last_labels.result.acceptance_share(variant, theory),
        )
        for theory in last_labels.deciders.theories
        for variant in last_labels.deciders.offered_variants
    ]
    return Finding(
        id="theories",
        title=f"Whether {last_labels.answering_side} accepts, by each theory",
        says=" ".join(
            filter(
                None,
                (
                    _acceptance_sentence(last_labels),
                    _decisive_shares_sentence(last_labels),
                    _built_in_sentence(last_labels),
                ),
            )
        ),
        see=f"In how many of 100 draws {last_labels.answering_side} accepts "
        f"{last_labels.quoted_channel} by the strict test{last_labels.marks_legend()}.",
        table=make_table(
            _theory_columns(last_labels.answering_side),
            [row for labels in sorted(years, key=lambda labels: labels.year) for row in _theory_rows(labels)],
        ),
        chart=acceptance_chart(bars, f"Draws of 100 in which {last_labels.answering_side} accepts, by theory"),
        method=(
            "A theory is said to decide a draw where the answer by it is another than by own gains alone; where they "
            "agree it explains nothing that own gains do not. Standard errors are those of the number of draws alone; "
            "how far the assumptions themselves carry the answer is another finding."
        ),
        rests_on=(
            last_labels.deciders.offered_channel,
            *last_labels.deciders.case.lenses,
            *last_labels.deciders.case.mechanisms,
        ),
    )


def _acceptance_sentence(labels: AcceptanceLabels) -> str:
    """How often it accepts by each theory, in the order of the forms."""
    clauses = []
    for theory in labels.deciders.theories:
        shares = [labels.result.acceptance_share(variant, theory) for variant in labels.deciders.offered_variants]
        clauses.append(f"{by_theory(theory)} {once_or_each([per_hundred(share) for share in shares])}")
    main_theory, variants = labels.deciders.full_theory, labels.deciders.offered_variants
    generous_phrase = once_or_each(
        [per_hundred(labels.result.generous_share(variant, main_theory)) for variant in variants]
    )
    forms = join_words(form for variant in labels.deciders.offered_variants if (form := labels.form_phrase(variant)))
    return (
        f"Of 100 draws {labels.answering_side} accepts{f', {forms},' if forms else ''} in so many by the strict test: "
        f"{', '.join(clauses)}. By the generous one it does {by_theory(main_theory)} in {generous_phrase}."
    )


def _decisive_shares_sentence(labels: AcceptanceLabels) -> str:
    """How often what counts besides own gains decides."""
    deciders, result = labels.deciders, labels.result
    if deciders.absolute_gains == deciders.full_theory:
        return "The case names nothing but own gains that could decide."
    shares = [result.decisive_shares(variant, deciders.full_theory) for variant in deciders.offered_variants]
    refusing_phrase = once_or_each([per_hundred(refusing_share) for refusing_share, _ in shares])
    sentence = f"What counts besides own gains decides {refusing_phrase} of 100 draws against it"
    if max(accepting_share for _, accepting_share in shares) > 0:
        sentence += f" and {once_or_each([per_hundred(accepting_share) for _, accepting_share in shares])} for it"
    return f"{sentence}; where both agree it explains nothing."


def _built_in_sentence(labels: AcceptanceLabels) -> str:
    """By which theories it cannot accept what it would refuse by own gains, whatever the numbers."""
    theories = [theory for theory in labels.deciders.theories if can_only_refuse(labels.deciders, theory)]
    if not theories:
        return ""
    return (
        f"Built in: {join_words(map(by_theory, theories))} {labels.answering_side} can only refuse more often than by "
        "own gains alone by the strict test, whatever the numbers, since all that counts besides is a cost to it."
    )


def _issue_columns(labels: AcceptanceLabels) -> tuple[Column, ...]:
    return (
        Column("issue"),
        Column("entry", format="id"),
        *(
            share_column(
                f"accepts_{theory.id}_{variant.form}", f"{title_of_theory(theory)}, {labels.variant_cell(variant)}"
            )
            for variant in labels.deciders.offered_variants
            for theory in labels.told_theories
        ),
    )


def _issue_row(labels: AcceptanceLabels, issue_index: int) -> dict[str, object]:
    """How often a channel for one issue alone is accepted, by theory and form."""
    deciders, result = labels.deciders, labels.result
    name = deciders.model.issues[issue_index]
    row: dict[str, object] = {"issue": deciders.case.issues[name].title, "entry": name}
    for theory in labels.told_theories:
        shares = result.issue_shares(issue_index, theory)
        for variant, share in zip(deciders.offered_variants, shares, strict=True):
            row |= share_cells(f"accepts_{theory.id}_{variant.form}", share, result.draw_count)
    return row


def acceptance_by_issue_finding(labels: AcceptanceLabels) -> Finding:
    """On which issue alone the other side would accept."""
    deciders, result = labels.deciders, labels.result
    best_shares = {
        index: max(result.issue_shares(index, deciders.full_theory)) for index in range(len(deciders.model.issues))
    }
    issue_order = sorted(best_shares, key=lambda index: -best_shares[index])
    return Finding(
        id="issues",
        title=f"On which issue {labels.answering_side} would accept",
        says=_issues_sentence(labels, [(index, best_shares[index]) for index in (issue_order[0], issue_order[-1])]),
        see="In how many of 100 draws a channel for one issue alone is accepted.",
        table=make_table(_issue_columns(labels), [_issue_row(labels, index) for index in issue_order]),
        method=(
            "What an issue brings by itself, before the costs of links; what does not depend on gains counts in "
            "proportion to what is at stake on it. Issues differ here by stakes, exposure and by what they take, and "
            "not by what the rules allow, which is another question."
        ),
        rests_on=tuple(deciders.model.issues),
    )


def _issues_sentence(labels: AcceptanceLabels, best_and_worst: Sequence[tuple[int, float]]) -> str:
    """The issues with the best and the worst chance, each with its share of draws."""
    deciders = labels.deciders
    titles = [deciders.case.issues[deciders.model.issues[index]].title for index, _ in best_and_worst]
    best, worst = (per_hundred(share) for _, share in best_and_worst)
    theory_phrase = upper_first(by_theory(deciders.full_theory))
    if best == worst:
        return f"{theory_phrase} a channel for any one issue is accepted in {best} of 100 draws at most."
    return (
        f"{theory_phrase} a channel for {titles[0]} alone has the best chance, {best} of 100 draws at most, and one "
        f"for {titles[1]} the least, {worst}."
    )


def acceptance_by_channel_finding(labels: AcceptanceLabels) -> Finding:
    """Which other channels the side that answers would accept, instead of the observed one."""
    deciders, result = labels.deciders, labels.result
    variants = [
        variant
        for variant in deciders.model.variants
        if (variant, deciders.absolute_gains.id) in result.answer_utility and _is_distinct_variant(labels, variant)
    ]
    titles = [
        labels.gains_labels.channel_in_form(variant.channel, labels.plain_form_phrase(variant)) for variant in variants
    ]
    best, title = max(
        (result.acceptance_share(variant, deciders.full_theory), title)
        for variant, title in zip(variants, titles, strict=True)
    )
    return Finding(
        id="channels",
        title=f"Which channel {labels.answering_side} would take instead",
        says=(
            f"{upper_first(by_theory(deciders.full_theory))}, instead of "
            f"“{labels.gains_labels.channel_title(deciders.actor_network.observed_channel)}” “{title}” is "
            f"accepted most often, in {per_hundred(best)} of 100 draws."
        ),
        see="In how many of 100 draws each is accepted instead of what there is, by each theory.",
        table=make_table(
            (Column("channel"), *(share_column(f"accepts_{one.id}", one.title) for one in deciders.theories)),
            [_channel_row(labels, *pair) for pair in zip(variants, titles, strict=True)],
        ),
        rests_on=tuple(deciders.case.channels),
    )


def _channel_row(labels: AcceptanceLabels, variant: ChannelVariant, title: str) -> dict[str, object]:
    row: dict[str, object] = {"channel": title}
    for theory in labels.deciders.theories:
        share = labels.result.acceptance_share(variant, theory)
        row |= share_cells(f"accepts_{theory.id}", share, labels.result.draw_count)
    return row


def _is_distinct_variant(labels: AcceptanceLabels, variant: ChannelVariant) -> bool:
    """Whether a channel run one way is another thing than run the other, and is so run in this case."""
    deciders = labels.deciders
    if variant.channel == deciders.offered_channel:
        return variant in deciders.offered_variants
    if not deciders.actor_network.graphs_of(variant.channel).has_collegiate_form:
        return True
    declared_form = deciders.case.response.form
    return (declared_form in ("both", variant.form)) if labels.plain_form_phrase(variant) else variant.form == "hub"
