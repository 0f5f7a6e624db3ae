"""The findings on who accepts: by theory, by issue, through which channel."""

from __future__ import annotations

from collections.abc import Sequence

from detente.case.index.channel_variants import ChannelVariant
from detente.results.finding import Finding
from detente.rooms.acceptance.findings.charts.acceptance import acceptance_chart
from detente.rooms.acceptance.findings.text import AcceptanceLabels, by_theory, once_or_each, share_with_error
from detente.rooms.acceptance.model.decision_makers import AppliedTheory
from detente.rooms.acceptance.model.results import AcceptanceResult
from detente.text.english import join_words, upper_first
from detente.text.number_format import format_number, per_hundred


def decisive_shares(result: AcceptanceResult, variant: ChannelVariant, theory: AppliedTheory) -> tuple[float, float]:
    """How often a theory refuses what own gains alone would accept, and the other way round."""
    accepts_by_gains, accepts_by_theory = (
        result.accepting_draws(variant, result.deciders.absolute_gains),
        result.accepting_draws(variant, theory),
    )
    return float((accepts_by_gains & ~accepts_by_theory).mean()), float((accepts_by_theory & ~accepts_by_gains).mean())


def acceptance_by_theory_finding(years: Sequence[AcceptanceLabels]) -> Finding:
    """How often the other side accepts, by each theory, and where a theory decides that."""
    import numpy as np
    import polars as pl

    last_labels = years[-1]
    rows = []
    for labels in years:
        for theory in labels.deciders.theories:
            for variant in labels.deciders.offered_variants:
                refusing_share, accepting_share = decisive_shares(labels.result, variant, theory)
                rows.append(
                    {
                        "year": labels.deciders.actor_network.year,
                        "theory": theory.title,
                        "run": labels.variant_cell(variant),
                        "accepts": share_with_error(
                            labels.result.acceptance_share(variant, theory), labels.result.draw_count
                        ),
                        "refuses_only_by_it": share_with_error(refusing_share, labels.result.draw_count),
                        "accepts_only_by_it": share_with_error(accepting_share, labels.result.draw_count),
                        "utility": format_number(float(np.median(labels.result.answer_utility[variant, theory.id]))),
                    }
                )
    bars = [
        (
            theory.title,
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
        says=f"{_acceptance_sentence(last_labels)} {_decisive_shares_sentence(last_labels)}",
        see=f"In how many of 100 draws {last_labels.answering_side} accepts "
        f"{last_labels.quoted_channel}{last_labels.marks_legend()}.",
        table=pl.DataFrame(rows),
        headers={
            "run": "the channel is run",
            "accepts": f"{last_labels.answering_side} accepts, of 100",
            "refuses_only_by_it": "refuses with it, accepts without",
            "accepts_only_by_it": "accepts with it, refuses without",
            "utility": "median utility",
        },
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
    forms = join_words(form for variant in labels.deciders.offered_variants if (form := labels.form_phrase(variant)))
    return (
        f"Of 100 draws {labels.answering_side} accepts{f', {forms},' if forms else ''} in so many: "
        f"{', '.join(clauses)}."
    )


def _decisive_shares_sentence(labels: AcceptanceLabels) -> str:
    """How often what counts besides own gains decides."""
    deciders, result = labels.deciders, labels.result
    if deciders.absolute_gains == deciders.full_theory:
        return "The case names nothing but own gains that could decide."
    shares = [decisive_shares(result, variant, deciders.full_theory) for variant in deciders.offered_variants]
    refusing_phrase = once_or_each([per_hundred(refusing_share) for refusing_share, _ in shares])
    sentence = f"What counts besides own gains decides {refusing_phrase} of 100 draws against it"
    if max(accepting_share for _, accepting_share in shares) > 0:
        sentence += f" and {once_or_each([per_hundred(accepting_share) for _, accepting_share in shares])} for it"
    return f"{sentence}; where both agree it explains nothing."


def acceptance_by_issue_finding(labels: AcceptanceLabels) -> Finding:
    """On which issue alone the other side would accept."""
    import polars as pl

    deciders, result = labels.deciders, labels.result
    rows = []
    for issue_index, name in enumerate(deciders.model.issues):
        row: dict[str, object] = {"issue": deciders.case.issues[name].title, "entry": name}
        for variant in deciders.offered_variants:
            for theory in dict.fromkeys((deciders.absolute_gains, deciders.full_theory)):
                accepted_share = float(result.acceptance_by_issue[variant, theory.id][issue_index])
                row[f"{theory.title}, {labels.variant_cell(variant)}"] = share_with_error(
                    accepted_share, result.draw_count
                )
        rows.append(row)
    issue_order = sorted(
        range(len(rows)),
        key=lambda issue_index: (
            -max(
                float(result.acceptance_by_issue[offered_variant, deciders.full_theory.id][issue_index])
                for offered_variant in deciders.offered_variants
            )
        ),
    )
    best_shares = [
        max(
            float(result.acceptance_by_issue[variant, deciders.full_theory.id][issue_index])
            for variant in deciders.offered_variants
        )
        for issue_index in issue_order
    ]
    best, worst = per_hundred(best_shares[0]), per_hundred(best_shares[-1])
    says = (
        f"{upper_first(by_theory(deciders.full_theory))} a channel for {rows[issue_order[0]]['issue']} alone "
        f"has the best chance, {best} of "
    )
    says += f"100 draws at most, and one for {rows[issue_order[-1]]['issue']} the least, {worst}."
    if best == worst:
        says = (
            f"{upper_first(by_theory(deciders.full_theory))} a channel for any one issue is accepted in "
            f"{best} of 100 draws at most."
        )
    return Finding(
        id="issues",
        title=f"On which issue {labels.answering_side} would accept",
        says=says,
        see="In how many of 100 draws a channel for one issue alone is accepted.",
        table=pl.DataFrame([rows[issue_index] for issue_index in issue_order]),
        links=("entry",),
        method=(
            "What an issue brings by itself, before the costs of links; what does not depend on gains counts in "
            "proportion to what is at stake on it. Issues differ here by stakes, exposure and by what they take, and "
            "not by what the rules allow, which is another question."
        ),
        rests_on=tuple(deciders.model.issues),
    )


def acceptance_by_channel_finding(labels: AcceptanceLabels) -> Finding:
    """Which other channels the side that answers would accept, instead of the observed one."""
    import polars as pl

    deciders, result = labels.deciders, labels.result
    rows, titles_by_share = [], []
    for variant in deciders.model.variants:
        if (variant, deciders.absolute_gains.id) not in result.answer_utility or not _is_distinct_variant(
            labels, variant
        ):
            continue
        shares = {theory.id: result.acceptance_share(variant, theory) for theory in deciders.theories}
        rows.append(
            {
                "channel": labels.gains_labels.channel_in_form(variant.channel, labels.plain_form_phrase(variant)),
                **{
                    theory.title: share_with_error(shares[theory.id], result.draw_count) for theory in deciders.theories
                },
            }
        )
        titles_by_share.append(
            (
                shares[deciders.full_theory.id],
                labels.gains_labels.channel_in_form(variant.channel, labels.plain_form_phrase(variant)),
            )
        )
    best, title = max(titles_by_share)
    says = (
        f"{upper_first(by_theory(deciders.full_theory))}, instead of "
        f"“{labels.gains_labels.channel_title(deciders.actor_network.observed_channel)}” “{title}” is "
    )
    says += f"accepted most often, in {per_hundred(best)} of 100 draws."
    return Finding(
        id="channels",
        title=f"Which channel {labels.answering_side} would take instead",
        says=says,
        see="In how many of 100 draws each is accepted instead of what there is, by each theory.",
        table=pl.DataFrame(rows),
        rests_on=tuple(deciders.case.channels),
    )


def _is_distinct_variant(labels: AcceptanceLabels, variant: ChannelVariant) -> bool:
    """Whether a channel run one way is another thing than run the other, and is so run in this case."""
    deciders = labels.deciders
    if variant.channel == deciders.offered_channel:
        return variant in deciders.offered_variants
    if not deciders.actor_network.graphs_of(variant.channel).has_collegiate_form:
        return True
    declared_form = deciders.case.response.form
    return (declared_form in ("both", variant.form)) if labels.plain_form_phrase(variant) else variant.form == "hub"
