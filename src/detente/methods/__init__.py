"""The mathematics, usable by itself: plain values, arrays and frozen dataclasses; no case, no file, no English.

Which question leads where:

| question | package |
|---|---|
| What do two sides, or many, do in one round or again and again, and how patient must they be? | `games` |
| How does a strategy play, and what is it called? | `games.strategies` |
| Who wins a match or a tournament of strategies, exactly? | `games.repeated` |
| Who is due what when only some can deal with each other directly, and which links would last? | `networks` |
| What is an offer worth, what does it cost to win who would rather not, what is answered? | `bargaining` |
| What may an organisation decide, does a proposal pass, and who has how much power over it? | `institutions` |
| What does evidence say, which theory fits, do coders agree, and how much would overturn it? | `inference` |
| When was it, who was a member then, and do the sources agree? | `chronology` |

Import a function from its module: `from detente.methods.networks.coalitional_games import shapley_value`. Nothing here
needs more than NumPy, besides numba for large tournaments and PyYAML for named strategies; everything is exact unless
its docstring says otherwise.
"""
