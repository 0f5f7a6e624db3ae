"""Communication graphs: Myerson values, network formation, what pairs have at stake.

| question | module |
|---|---|
| Who can deal with whom? | `communication_graph` |
| Who is due what of what coalitions can do (Shapley, Myerson, Owen)? | `coalitional_games` |
| The same where pairs have something to gain from each other, for many draws at once? | `myerson` |
| Which exact way serves which graph? | `myerson_forest` without cycles, `myerson_blocks` with them |
| And if the graph, or the game, is too large for an exact way? | `myerson_sampled` |
| Which networks would last, and what is a link worth? | `network_formation` |
| What if it takes enough members together? | `aggregation_technology` |
| What do pairs have at stake, by capabilities and threat? | `gravity_stakes` |
| What does each of several terms account for in an outcome of their sum? | `shapley_decomposition` |
| Does rerouting help, whatever is at stake? | `sign_bounds` |
"""
