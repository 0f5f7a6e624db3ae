"""The finding on what it would take: where the answering side begins to gain, along one number at a time."""

from __future__ import annotations

from detente.case.index.channel_variants import ChannelVariant
from detente.case.index.labels import CaseLabels
from detente.results.finding import Finding
from detente.rooms.gains.findings.text import form_words
from detente.rooms.gains.model.break_even import BreakEven
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import join_words
from detente.text.intervals import ALWAYS, NEVER, positive_intervals_phrase
from detente.text.levers import lever_name, lever_phrase
from detente.text.number_format import format_number


def break_even_finding(year: YearGains, break_even: BreakEven, labels: CaseLabels) -> Finding:
    """From where on, or up to where, the answering side gains, everything else at its central estimate."""
    import polars as pl

    side_name, channel = labels.answering_side(), break_even.channel
    observed_title = labels.channel_title(year.actor_network.observed_channel)
    variants = year.variants_of(channel)
    rows = [
        {
            "run": form_words(year, variant, labels),
            "number": lever_name(lever.kind, observed_title),
            "gains": positive_intervals_phrase(break_even.gain_intervals[lever, variant]),
            "now": format_number(lever.central_value),
        }
        for variant in variants
        for lever in break_even.levers
    ]
    sentences = [
        f"{form_words(year, variant, labels)}, {_gain_conditions(break_even, variant, side_name, observed_title)}"
        for variant in variants
    ]
    return Finding(
        id=f"takes-{channel}",
        title=f"What it would take: {labels.channel_title(channel)}",
        says=f"Everything else at its central estimate, {'; '.join(sentences)}.",
        see=f"Where {side_name} gains, along each number from 0 to 1, and where the case has it.",
        table=pl.DataFrame(rows),
        headers={"run": "the channel is run", "gains": f"{side_name} gains", "now": "central estimate"},
        method=(
            "Changes of sign are looked for in steps of a half per cent along each number, the others at their means. "
            "For the plain model, in which nothing is lost on longer ways, they have closed forms "
            "(`detente.channels.thresholds`), against which the model is tested."
        ),
        rests_on=(channel,),
    )


def _gain_conditions(break_even: BreakEven, variant: ChannelVariant, side_name: str, observed_title: str) -> str:
    """On what it hangs, in one form, whether the answering side gains."""
    phrases = {
        lever: positive_intervals_phrase(break_even.gain_intervals[lever, variant]) for lever in break_even.levers
    }
    conditions = [
        f"if {lever_phrase(lever.kind, observed_title)} is {phrase}"
        for lever, phrase in phrases.items()
        if phrase not in (ALWAYS, NEVER)
    ]
    if conditions:
        return f"{side_name} gains {join_words(conditions, 'or')}"
    verb = "gains" if ALWAYS in phrases.values() else "does not gain"
    return f"{side_name} {verb}, whatever any one of these numbers is"
