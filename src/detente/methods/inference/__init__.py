"""Weighing evidence and readings: how sure, and how fragile.

| question | module |
|---|---|
| How probable is each hypothesis after the evidence? | `bayesian_updating` |
| Which hypothesis does the evidence contradict least? | `competing_hypotheses` |
| Which theory do coded motives fit best? | `congruence` |
| How many other readings would overturn that? | `fragility` |
| How is a code had from passages, or from several coders? | `coding_aggregation` |
| Do coders agree beyond chance? | `reliability` |
| How sure are means over draws, and which of them can be told apart? | `running_moments` |
"""
