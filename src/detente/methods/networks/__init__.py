"""Communication graphs: Myerson values, network formation, what pairs have at stake.

A communication graph says which players have a link, a direct tie; others are connected if a path of links joins
them. A coalition is any set of players. The Shapley value gives each player what it adds to those before it, on
average over all orders in which they may join. The Myerson value is the same where only the connected can work
together.

| question | module |
|---|---|
| Who can deal with whom? | `communication_graph` |
| Who is due how much of what coalitions can win (Shapley, Myerson, Owen)? | `coalitional_games` |
| The same where pairs have something to gain from each other, for many draws at once? | `myerson` |
| Which exact computation serves which graph? | `myerson_forest` without cycles, `myerson_blocks` with them |
| What if the graph, or the game, is too large for that? | `myerson_sampled` |
| Which networks would the players keep, and what is a link worth? | `network_formation` |
| What if a thing takes enough members together? | `aggregation_technology` |
| What do pairs have at stake, by capabilities and threat? | `gravity_stakes` |
| How much of a result does each of several reasons account for? | `shapley_decomposition` |
| Who can sway whom, and who stands with whom (MACTOR)? | `actor_influence` |
| Does it help to lead contacts another way, whatever is at stake? | `sign_bounds` |
"""
