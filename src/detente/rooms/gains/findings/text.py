"""How a channel is run, how often somebody gains, and how the room works, in words."""

from __future__ import annotations

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.gains.model.simulation.channel_model import Exactness
from detente.rooms.gains.model.simulation.results import YearGains
from detente.text.english import count_noun, upper_first, without_article
from detente.text.number_format import per_hundred

MOST_ANSWER_WORDS = 6
"""Words of a short answer."""
SMALLEST_PERCENT = 0.05
"""Below this nothing is said of how much it is."""

METHOD = (
    "Actors are players in a graph of who can turn to whom. What two have to gain from each other on an issue is s "
    "= (stakes) x (exposure of each) x (product of their capabilities, beside the greatest across organisations) to "
    "the power of an exponent, as in gravity models of trade (Tinbergen 1962; transferred by us); a pair's own "
    "departure from that is drawn besides. Part of it takes all members together, of which a channel gets done as "
    "much as its efficiency says. Whoever is needed to join two shares in what they gain: the Myerson value "
    "(Myerson 1977), by block-cut decomposition and Gauss-Legendre quadrature of the multilinear extension (Owen "
    "1972). Each further link leaves less of a gain (Jackson and Wolinsky 1996), except on issues that pairs cannot "
    "settle, and links cost either end half. A channel displaces the links of another with the chance that its "
    "exclusivity says, all of them or none, and may open another, whose links come about with the chance that its "
    "opening says. Where links of another stand beside it, nobody answers as one, and what takes all members is "
    "done by whichever does more of it. Where an organisation answers as one it is one player (the quotient game of "
    "Owen 1977), and what it gains by that, or saves on links, is divided in declared shares, or equally. Gains are "
    "counted from the observed channel, in per cent of all that is at stake across organisations."
)


def method_note(year: YearGains) -> str:
    """How the room works, and how exactly it did."""
    return f"{METHOD} {_exactness_sentence(year.model.exactness)}"


def _exactness_sentence(exactness: Exactness) -> str:
    if exactness.greatest_error is None:
        return f"Here they are exact on all {count_noun(exactness.graph_count, 'graph')}."
    scope = "of issues that pairs cannot settle"
    if exactness.sampled_graph_count:
        scope = f"on {exactness.sampled_graph_count} of {exactness.graph_count} graphs"
    precision = f"by drawing orders of arrival, with standard errors of shares up to {exactness.greatest_error:.2g}"
    return f"Here values {scope} are estimated {precision}."


def form_words(year: YearGains, variant: ChannelVariant, labels: CaseLabels) -> str:
    """How a channel is run, if that makes a difference."""
    return labels.form_phrase(variant.form, year.dealing_parties(variant))


def variant_title(year: YearGains, variant: ChannelVariant, labels: CaseLabels) -> str:
    """A channel with the way it is run."""
    return labels.channel_in_form(variant.channel, form_words(year, variant, labels))


def year_phrase(year: YearGains) -> str:
    """A year, and the year of its figures where that is another: `1980 (with the capabilities of 1974)`."""
    if figures_year := year.borrowed_capability_year:
        return f"{year.actor_network.year} (with the capabilities of {figures_year})"
    return str(year.actor_network.year)


def form_clause(year: YearGains, variant: ChannelVariant, labels: CaseLabels) -> str:
    """How a channel is run, as a clause of a sentence: `if Russia runs the channel`; nothing as above."""
    return labels.form_clause(variant.form, year.dealing_parties(variant))


def in_form(year: YearGains, variant: ChannelVariant, labels: CaseLabels) -> str:
    """The same at the head of a sentence, with its comma: `If Russia runs the channel, `; nothing as above."""
    clause = form_clause(year, variant, labels)
    return f"{upper_first(clause)}, " if clause else ""


def short_form(year: YearGains, variant: ChannelVariant, labels: CaseLabels) -> str:
    """How a channel is run, in a picture: `By consensus`; its title where that makes no difference."""
    phrase = form_words(year, variant, labels) or labels.channel_title(variant.channel)
    return without_article(upper_first(phrase))


def also_in(share: float) -> str:
    """A share of simulations, where another stands before it: `in 61`, `in every one`, `in none`."""
    if share in (0, 1):
        return "in every one" if share else "in none"
    return f"in {per_hundred(share)}"


def fitting_answer(*answers: str) -> str:
    """The first of some short answers that is short enough; the last where none is."""
    return next((answer for answer in answers if len(answer.split()) <= MOST_ANSWER_WORDS), answers[-1])


def gains_input_ids(year: YearGains) -> tuple[str, ...]:
    """The entries that gains rest on."""
    case = year.model.case
    measure = case.network.capability or next(iter(case.capabilities), None)
    return (*case.channels, *year.model.issues, *([measure] if measure else []))


def percent_size(share: float) -> str:
    """The size of a share in per cent, in two digits: `13 per cent`, `1.2 per cent`, `hardly anything`."""
    percent = abs(100 * share)
    if percent < SMALLEST_PERCENT:
        return "hardly anything"
    return f"{percent:.0f} per cent" if percent >= 9.95 else f"{percent:.1f}".removesuffix(".0") + " per cent"
