"""Draws of uncertain numbers that depend on nothing but a seed and the name of each number.

A *draw* is one simulation: each uncertain number takes a value by lot. Every number has a *stream* of its own, keyed by
the seed and by where the number stands in its case. So its draws stay the same when others are added, and draw 7 is the
same whoever asks for it, in whatever order, in Python, compiled or in a page: they are integers, and made from their
index alone.

| question | module |
|---|---|
| How are draws spread evenly over the unit interval, number by number? | `keyed_hypercube` |
| Which value belongs to a share of a distribution? | `distributions` |
| Which value of the normal distribution? | `normal_quantile` |
| How do single pairs depart from what is usual, of which there are too many for a stream each? | `keyed_normals` |
| How are numbers drawn that go up and down together? | `correlated_draws` |
| How are several numbers spread evenly at once? | `sobol_nets` |
"""
