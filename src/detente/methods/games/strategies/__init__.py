"""Strategies as automata, and the library of named ones.

A strategy says what to do after everything that has happened. An automaton is a strategy with a few states: each says
what to play, and which state comes next after either move of the other.

| question | module |
|---|---|
| Which strategy is called so? | `library` |
| How is one of my own written? | `automaton` |
| How is one written that remembers many moves? | `bounded_memory` |
| Which strategies tie both scores to each other, or forgive as much as they can afford? | `zero_determinant` |
"""
