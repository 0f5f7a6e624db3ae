"""Vague dates and what can be told from them: spells of membership, delays, contradictions.

| question | module |
|---|---|
| Which days can a vague date mean? | `edtf` |
| Who was a member on a day? | `membership_spells` |
| How long did an offer wait for its answer? | `response_time` |
| What came onto an agenda, and what went? | `agenda_drift` |
| Do the sources agree on numbers and dates? | `consistency` |
"""
