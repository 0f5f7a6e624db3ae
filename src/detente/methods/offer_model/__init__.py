"""The model of an offer between two organisations, as data, and what works it out.

A *description* says all that the answer hangs on: numbers with their distributions, pairs of actors, what is at stake
on each issue, the graphs that a channel may come to, who has an opinion and by which reasons, how each side decides,
and which replies there are. Nothing of a case is left in it but ids. Whoever works it out, step by step with NumPy or
compiled, reads the same description.

| question | module |
|---|---|
| What is the model made of? | `description`, `number_rows`, `network_rows`, `decision_rows` |
| Which value has each number in each draw? | `model_draws` |
| What is an offer worth part by part, with its depth and clauses? | `offer_packages` |
"""
