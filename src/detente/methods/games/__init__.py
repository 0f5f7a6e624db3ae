"""Games of two and of many, repeated games, trust, arms races.

| question | module |
|---|---|
| What are the equilibria of a two-by-two game? | `two_by_two` |
| Which game is it: a Prisoner's Dilemma, Chicken, a Stag Hunt? | `ordinal_types` |
| What does a concern for relative gains make of it? | `relative_gains_games` |
| How patient must sides be for cooperation to last? | `critical_discount` |
| The same for thousands of draws of the payoffs at once? | `shadow_of_the_future` |
| Which payoffs can patient sides sustain at all? | `equilibrium_payoffs` |
| Can sides begin to cooperate that do not know each other's motives? | `trust_and_reassurance` |
| What of many that are alike: public goods, thresholds? | `n_player` |
| What is played in a game with several steps? | `extensive_form` |
| Does an arms race come to rest? | `richardson` |
"""
