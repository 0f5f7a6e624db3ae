"""Repeated play, worked out exactly: one match, tournaments, and how much work they are.

| question | module |
|---|---|
| How do named strategies do against each other? | `matches` |
| How do automata of my own do, everybody against everybody? | `tournament` |
| What do two automata do, state by state, over so many rounds, discounted, or in the long run? | `markov_play` |
"""
