"""Relative gains, side payments, ratification, replies to offers.

| question | module |
|---|---|
| What does an actor make of who gains how much? | `relative_gains` |
| What is the least that wins those who would rather not? | `side_payments` |
| The same where a rule says how many are needed? | `ratification` |
| Which reply to an offer pays, and how probable is it? | `reply_options` |
| Why does who is not answered ask again? | `repeated_proposals` |
"""
