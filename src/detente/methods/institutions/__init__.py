"""What organisations may decide and how: competence, decision rules, voting power.

| question | module |
|---|---|
| Does a proposal pass, who blocks it, whose change of mind would let it through? | `decision_rules` |
| How much power has each member? | `voting_power` |
| On whom does the decision turn, over many draws of utilities? | `deciding_body` |
| How many coalitions meet some criteria? | `coalition_counts` |
| Do the rules bar a proposal, or leave it open? | `competence`, with rules as in `legal_rule` |
| What would have to change for it to be open? | `minimal_openings` |
| What of conditions on facts that are not known? | `three_valued_logic` |
"""
