"""The repeated games of a case, worked out in every draw and at the means."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from detente.case.index.by_year import analysed_years
from detente.case.index.dated_estimates import case_of_answer
from detente.case.schema.case import Case
from detente.case.uncertainty.parameter_draws import ParameterDraws
from detente.rooms.durability.model.arms_races import ArmsRaceCourse, follow_arms_race
from detente.rooms.durability.model.best_sustained import SustainedPayoffs, best_sustained_payoffs
from detente.rooms.durability.model.case_games import CaseGame, build_case_game
from detente.rooms.durability.model.common_goods import CommonGoodPlay, common_good_play
from detente.rooms.durability.model.game_kinds import GameKinds, kinds_by_game
from detente.rooms.durability.model.institutions import InstitutionTest, institution_tests
from detente.rooms.durability.model.many_states import PatienceAmongMany, patience_among_many
from detente.rooms.durability.model.noise import GameWithNoise, games_with_noise
from detente.rooms.durability.model.patience import GamePatience, patience_by_game
from detente.rooms.durability.model.patience_map import PatienceMap, patience_map
from detente.rooms.durability.model.pivotal_members import GamePivots, pivots_by_game
from detente.rooms.durability.model.put_in import PutIn, put_in_by_game
from detente.rooms.durability.model.tipping_points import GameTippingPoints, tipping_points
from detente.rooms.durability.model.trust.first_steps import FirstSteps, first_steps
from detente.rooms.durability.model.trust.reassurance import Reassurance, reassurance_by_first_step
from detente.rooms.durability.model.trust.security_dilemma import SecurityDilemma, security_dilemma
from detente.rooms.durability.model.trust.trust_and_signs import GameTrust, TrustSign, sign_of_trust, trust_in_game
from detente.rooms.durability.model.trust.trust_beliefs import TrustBeliefs, build_trust_beliefs
from detente.rooms.durability.model.unequal_payers import UnequalGoodPlay, unequal_good_play


@dataclass(frozen=True)
class DurabilityModel:
    """Every game of a case, as each theory sees it."""

    case: Case
    draws: ParameterDraws
    means: ParameterDraws
    """The same at the means."""
    case_games: list[CaseGame]
    trust_beliefs: list[TrustBeliefs]
    """What the sides of games believe of each other, where the case says so."""

    @property
    def year(self) -> int:
        """The year whose numbers and members they are played with: the one that is answered for."""
        return analysed_years(self.case)[-1]

    @cached_property
    def patience(self) -> tuple[GamePatience, ...]:
        """Whether cooperation lasts in each game by each theory."""
        return patience_by_game(self.case_games)

    @cached_property
    def pivots(self) -> tuple[GamePivots, ...]:
        """Whose concern for relative gains decides in each game."""
        return pivots_by_game(self.case_games, self.draws)

    @cached_property
    def put_in(self) -> tuple[PutIn, ...]:
        """How far the answer of each game was put in with the payoffs."""
        return put_in_by_game(self.case_games)

    @cached_property
    def game_kinds(self) -> tuple[GameKinds, ...]:
        """The game that each theory makes of each issue."""
        return kinds_by_game(self.case_games)

    @cached_property
    def patience_maps(self) -> tuple[PatienceMap, ...]:
        """Where cooperation lasts in each game, over patience and concern."""
        return tuple(map(patience_map, self.case_games))

    @cached_property
    def best_sustained(self) -> tuple[SustainedPayoffs, ...]:
        """The most that lasts in every game by every theory."""
        return best_sustained_payoffs(self.case_games)

    @cached_property
    def noise(self) -> tuple[GameWithNoise, ...]:
        """What strategies keep of cooperation in each game with errors."""
        return games_with_noise(self.case_games)

    @cached_property
    def many_states(self) -> tuple[PatienceAmongMany, ...]:
        """What the number of states does to the patience needed in each game."""
        return patience_among_many(self.case_games)

    @cached_property
    def tipping_points(self) -> tuple[GameTippingPoints, ...]:
        """How far each number of each game may move before the answer turns."""
        return tipping_points(self.case_games)

    @cached_property
    def trust(self) -> tuple[GameTrust, ...]:
        """How much trust cooperation takes, in the games of which the case says how far the sides trust each other."""
        return tuple(map(trust_in_game, self.trust_beliefs))

    @cached_property
    def trust_signs(self) -> tuple[TrustSign, ...]:
        """What a sign tells, in the games that have one."""
        return tuple(sign for beliefs in self.trust_beliefs if (sign := sign_of_trust(beliefs)))

    @cached_property
    def reassurance(self) -> tuple[Reassurance, ...]:
        """Whether a first step reassures, in the games that name one."""
        return tuple(result for beliefs in self.trust_beliefs if (result := reassurance_by_first_step(beliefs)))

    @cached_property
    def first_steps(self) -> FirstSteps | None:
        """First steps issue by issue, beside where they are advised; None where no game names one."""
        return first_steps(self.trust_beliefs, self.draws.draw_count)

    @cached_property
    def institutions(self) -> tuple[InstitutionTest, ...]:
        """What each institution of the case does to each game."""
        return institution_tests(self.case_games, self.trust_beliefs, self.draws)

    @cached_property
    def security_dilemmas(self) -> tuple[SecurityDilemma, ...]:
        """What offence makes of the games of which the case says how much it counts."""
        beliefs_by_game = {beliefs.case_game.id: beliefs for beliefs in self.trust_beliefs}
        return tuple(
            security_dilemma(case_game, beliefs_by_game.get(case_game.id), self.means)
            for case_game in self.case_games
            if case_game.game.offence
        )

    @cached_property
    def arms_races(self) -> tuple[ArmsRaceCourse, ...]:
        """Whether each arms race comes to rest."""
        return tuple(follow_arms_race(self.draws, self.means, id) for id in self.case.arms_races)

    @cached_property
    def common_goods(self) -> tuple[CommonGoodPlay, ...]:
        """What those who pay for each common good would do, where they are alike."""
        return tuple(common_good_play(self.draws, self.means, id) for id in self._goods(has_shares=False))

    @cached_property
    def unequal_goods(self) -> tuple[UnequalGoodPlay, ...]:
        """What those who pay for each common good would do, where they are unlike."""
        return tuple(unequal_good_play(self.draws, self.means, id) for id in self._goods(has_shares=True))

    def _goods(self, has_shares: bool) -> list[str]:
        goods = self.case.common_goods.items()
        return [id for id, good in goods if bool(good.contributions or good.benefits) == has_shares]


def build_durability_model(case: Case) -> DurabilityModel | None:
    """The games of a case; None if it has none."""
    if not (case.games or case.common_goods or case.arms_races):
        return None
    case = case_of_answer(case)
    draws, means = ParameterDraws(case), ParameterDraws(case, at_means=True)
    case_games = [build_case_game(draws, means, name) for name in case.games]
    return DurabilityModel(case, draws, means, case_games, build_trust_beliefs(case_games, draws, means))
