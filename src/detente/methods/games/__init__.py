"""Games of two and of many, repeated games, trust, arms races.

A game says what each side gets (its payoff) for every combination of moves. An equilibrium is a combination from which
nobody gains by departing alone. In a repeated game the discount factor says how much the next round counts beside this
one; a side for which it is high is called patient. To defect is not to cooperate. A draw is one set of values of all
uncertain numbers, taken by lot.

| question | module |
|---|---|
| What are the equilibria of a two-by-two game? | `two_by_two` |
| Which game is it: a Prisoner's Dilemma, Chicken, a Stag Hunt? | `ordinal_types` |
| What becomes of it if sides mind who gains more (relative gains)? | `relative_gains_games` |
| How much must the future count for cooperation to last? | `critical_discount` |
| The same for thousands of draws of the payoffs at once? | `shadow_of_the_future` |
| Which payoffs can patient sides sustain at all? | `equilibrium_payoffs` |
| Can two sides begin to cooperate if neither knows what the other wants? | `trust_and_reassurance` |
| In which order to take steps with somebody who may not be trustworthy? | `agenda_order` |
| What do many do that are alike, with public goods or thresholds? | `n_player` |
| What is played in a game with several steps? | `extensive_form` |
| Does an arms race come to rest? | `richardson` |
"""
