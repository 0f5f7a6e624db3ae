"""Strategies as automata, and the library of named ones.

| question | module |
|---|---|
| Which strategy is called so? | `library` |
| How is one of my own written? | `automaton` |
| How, if it remembers many moves? | `bounded_memory` |
| Which chances hold both payoffs on a line, or forgive as much as they can afford? | `zero_determinant` |
"""
