"""The mathematics, usable by itself: plain values, arrays and frozen dataclasses; no case, no file, no English.

These pages keep the terms of the field; the page of each package begins with what they mean. Which question leads
where:

| question | package |
|---|---|
| What do two sides, or many, do in one round or again and again? How much must the future count for them? | `games` |
| How does a strategy play, and what is it called? | `games.strategies` |
| Who wins a match or a tournament of strategies, exactly? | `games.repeated` |
| Who is due what if only some can deal with each other directly? Which ties would they keep? | `networks` |
| What is an offer worth, what does it cost to win those who would rather not, and what is the reply? | `bargaining` |
| What may an organisation decide, does a proposal pass, and who has how much power over it? | `institutions` |
| What does the evidence say, which theory fits, do coders agree, and what would reverse that? | `inference` |
| Which values do uncertain numbers take in each simulation, whoever draws them? | `sampling` |
| What is a whole model of an offer, as data, and what does it come to? | `offer_model` |
| How sure is an answer from draws, and which inputs and choices does it depend on? | `sensitivity` |
| When did it happen, who was a member then, and do the sources agree? | `chronology` |

Import a function from its module: `from detente.methods.networks.coalitional_games import shapley_value`. Most of it
needs NumPy only. `sensitivity` and some distributions need SciPy, large tournaments and compiled answers numba, and
named strategies PyYAML. Results are exact unless the docstring says otherwise.
"""
