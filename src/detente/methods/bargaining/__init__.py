"""Relative gains, side payments, ratification, replies to offers.

Relative gains count what others gain as well as oneself. A side payment goes to members whose consent is needed and who
would otherwise lose. Ratification is consent inside an organisation.

| question | module |
|---|---|
| What is a change worth to an actor that minds what others gain? | `relative_gains` |
| What is the least payment that wins those who would rather not? | `side_payments` |
| The same where a rule says how many are needed? | `ratification` |
| Which reply to an offer pays, and how probable is it? | `reply_options` |
| Why would somebody ask again who gets no answer? | `repeated_proposals` |
"""
