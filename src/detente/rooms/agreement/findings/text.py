"""What to call offers in findings: their formats, what is in them, who says no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from detente.case.index.labels import CaseLabels
from detente.methods.offer_model.channel_variants import ChannelVariant
from detente.rooms.acceptance.findings.text import AcceptanceLabels
from detente.rooms.agreement.model.agreement import AgreementModel
from detente.rooms.agreement.model.offer_fate import OfferFate
from detente.rooms.agreement.model.offer_formats import OfferFormat
from detente.text.english import cardinal, join_words, lower_first, without_article

METHOD = (
    "An offer is a channel for some issues, with a depth and clauses. What a voice makes of it is what it gains on "
    "each "
    "issue, and minds of others' gains there, times how deep the offer goes; what counts once, as standing, being "
    "bound "
    "and what is forgone elsewhere, so far as depth and clauses leave it; and what is saved on ties if all is settled. "
    "Which of the two ways each reason counts, and the depths and clauses themselves, are our assumptions. Both would "
    "have it where the side that answers accepts by the strict test, and the side that offers is for it after what its "
    "leading member pays inside and keeps something. All packages are gone through; the best are chosen by one half of "
    "the simulations and told by the other, as the best of many looks too good in the simulations that chose it (the "
    "optimiser's curse, Smith and Winkler 2006)."
)
NO_DEPTHS: Mapping[str, str | None] = MappingProxyType({})
TIE_ERRORS = 2.5
"""Standard errors within which two reasons, or two numbers, are not ranked."""
MUCH_MORE = 1.5
"""How many times as much another format must leave for the best to be told as bringing little."""
OF_SIMULATIONS = "of 100 simulations"


@dataclass(frozen=True)
class AgreementLabels:
    """The model, and the names of the case."""

    model: AgreementModel

    @property
    def acceptance(self) -> AcceptanceLabels:
        """Names of runs, voices and reasons."""
        return AcceptanceLabels(self.model.acceptance.years[-1], CaseLabels(self.model.case))

    @property
    def names(self) -> CaseLabels:
        """Names of parties and channels."""
        return CaseLabels(self.model.case)

    @property
    def offering(self) -> str:
        """The side that offers."""
        return self.acceptance.offering_side

    @property
    def answering(self) -> str:
        """The side that answers."""
        return self.acceptance.answering_side

    @property
    def offered_fates(self) -> list[OfferFate]:
        """What becomes of the offer as it is, in each form in which its channel is told."""
        channel = self.model.deciders.offered_channel
        return [
            fate
            for fate in self.model.agenda_fates
            if fate.asked.format.variant.channel == channel
            and not fate.asked.format.clauses
            and not fate.asked.format.depth
        ]

    @property
    def is_best_as_offered(self) -> bool:
        """Whether no format does clearly better than the offer as it is, in one of its forms."""
        offered = {fate.asked.format for fate in self.offered_fates}
        return any(fate.asked.format in offered for fate in self.model.best_fates)

    @property
    def fuller_fate(self) -> OfferFate | None:
        """The format in which most is left to who leads the side that offers, where the best leaves much less.

        Only formats that are agreed on at least half as often as the best; None where the best leaves most, or nearly.
        """
        best = self.model.best_fates[0]
        often = [fate for fate in self.model.agenda_fates if fate.main.agreed >= best.main.agreed / 2]
        fullest = max(often, key=_mean_kept)
        is_other = fullest not in self.model.best_fates and _mean_kept(fullest) > MUCH_MORE * _mean_kept(best)
        return fullest if is_other else None

    def has_forms(self, variant: ChannelVariant) -> bool:
        """Whether a channel is told in more than one form."""
        return len({one.variant for one in self.model.formats if one.variant.channel == variant.channel}) > 1

    def variant_title(self, variant: ChannelVariant) -> str:
        """A channel, with how it is run if that makes a difference."""
        title = self.names.channel_title(variant.channel)
        phrase = self.acceptance.plain_form_phrase(variant) if self.has_forms(variant) else ""
        return f"{title} ({phrase})" if phrase else title

    def variant_phrase(self, variant: ChannelVariant) -> str:
        """The same within a sentence: `a channel between the blocs, Russia-run`."""
        title = lower_first(self.names.channel_title(variant.channel))
        phrase = self.acceptance.plain_form_phrase(variant) if self.has_forms(variant) else ""
        return f"{title}, {phrase}" if phrase else title

    def terms_words(self, format: OfferFormat) -> str:
        """Depth and clauses within a sentence: `a dialogue and no recognition`; the channel where there are none."""
        case = self.model.case
        parts = [case.depths[format.depth].title] if format.depth else []
        parts += [case.clauses[name].title for name in format.clauses]
        return join_words(map(lower_first, parts)) if parts else self.variant_phrase(format.variant)

    def terms_phrase(self, format: OfferFormat) -> str:
        """The same after a channel: `with a dialogue and no recognition`; nothing where there are none."""
        return f"with {self.terms_words(format)}" if format.depth or format.clauses else ""

    def terms_title(self, format: OfferFormat) -> str:
        """Depth and clauses of an offer, in a row: `as the channel, no clause`."""
        case = self.model.case
        parts = [case.depths[format.depth].title] if format.depth else []
        parts += [case.clauses[name].title for name in format.clauses]
        return "; ".join([parts[0], *map(lower_first, parts[1:])]) if parts else ""

    def format_title(self, format: OfferFormat) -> str:
        """A format in a table."""
        terms = self.terms_title(format)
        return (
            f"{self.variant_title(format.variant)}: {lower_first(terms)}"
            if terms
            else self.variant_title(format.variant)
        )

    def item_title(self, item: str) -> str:
        """An issue, or a concession."""
        case = self.model.case
        return case.issues[item].title if item in case.issues else case.concessions[item].title

    def items_cell(self, items: Iterable[str], depths: Mapping[str, str | None] = NO_DEPTHS) -> str:
        """Several of them in a table, with the depth of each where they differ; all issues in one phrase."""
        listed = list(items)
        if any(depths.values()):
            return "; ".join(self._with_depth(item, depths.get(item)) for item in listed)
        issues = [item for item in listed if item in self.model.case.issues]
        weighed = [one.id for one in self.model.deciders.description.network.issues]
        rest = [self.item_title(item) for item in listed if item not in issues]
        if len(issues) == len(weighed) > 2:
            return "; ".join([f"all {cardinal(len(weighed))} issues", *map(lower_first, rest)])
        return "; ".join([self.item_title(item) for item in issues] + rest)

    def _with_depth(self, item: str, depth: str | None) -> str:
        title = self.item_title(item)
        return f"{title} ({lower_first(self.model.case.depths[depth].title)})" if depth else title

    def voice_name(self, voice: int) -> str:
        """A voice in a table."""
        return self.acceptance.voter_cell(self.model.deciders.voters[voice])

    def plain(self, name: str) -> str:
        """A side at the head of a label."""
        return without_article(name)


def _mean_kept(fate: OfferFate) -> float:
    """What is left to who leads the side that offers, over all draws: nothing where the offer is not agreed on."""
    return fate.kept * fate.main.agreed
