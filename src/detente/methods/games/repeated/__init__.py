"""Repeated play, worked out exactly: one match, tournaments, and how much work they are.

Two strategies that meet again and again pass from state to state by fixed chances (a Markov chain). So their scores can
be worked out and need not be sampled. Noise is the chance that a move comes out as its opposite.

| question | module |
|---|---|
| How do named strategies do against each other? | `matches` |
| How do my own automata do, everybody against everybody? | `tournament` |
| What do two automata do, state by state, over so many rounds, discounted, or in the long run? | `markov_play` |
"""
