"""Relative gains, side payments, ratification, replies to offers.

Relative gains count what others gain as well as oneself. A side payment goes to members whose consent is needed and who
would otherwise lose. Ratification is consent inside an organisation.

| question | module |
|---|---|
| What is a change worth to an actor that minds what others gain? | `relative_gains` |
| What is the least payment that wins those who would rather not? | `side_payments` |
| The same where a rule says how many are needed? | `ratification` |
| Which reply to an offer pays, and how probable is it? | `reply_options` |
| Which of many outcomes is the solution of a bargain (Nash, Kalai and Smorodinsky)? | `bargaining_solutions` |
| Which issues are agreed on together, in how many draws? | `issue_packages` |
| Which of these packages is best, without the optimiser's curse? | `package_choice` |
| Why would somebody ask again who gets no answer? | `repeated_proposals` |
"""
