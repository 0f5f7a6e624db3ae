"""Weighing evidence and readings: how sure, and how fragile.

A hypothesis has a probability before the evidence (its prior) and after it (its posterior). The likelihood of a piece
of evidence is how probable it is if a hypothesis holds. To code is to read a passage or motive as speaking for a
theory; congruence counts for which theory most of them speak.

| question | module |
|---|---|
| How probable is each hypothesis after the evidence? | `bayesian_updating` |
| Which hypothesis does the evidence contradict least? | `competing_hypotheses` |
| Which theory do coded motives fit best? | `congruence` |
| How many other readings would reverse that? | `fragility` |
| How do many passages, or several coders, make one code? | `coding_aggregation` |
| Do coders agree beyond chance? | `reliability` |
| What does an observable sign tell of an answer? | `sign_effects` |
| How sure are averages over draws, and which can be told apart? | `running_moments` |
"""
