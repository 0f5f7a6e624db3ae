"""Vague dates and what can be told from them: spells of membership, delays, contradictions.

A vague date stands for all the days that it may mean. A spell is a time for which somebody was a member.

| question | module |
|---|---|
| Which days can a vague date mean? | `edtf` |
| Who was a member on a day? | `membership_spells` |
| How long did an offer wait for its answer? | `response_time` |
| What came onto an agenda, and what left it? | `agenda_drift` |
| Do the sources agree on numbers and dates? | `consistency` |
"""
