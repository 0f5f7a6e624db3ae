"""What organisations may decide and how: competence, decision rules, voting power.

Competence is what an organisation may lawfully do. A decision rule says whose yes lets a proposal pass. Voting power is
how often a member's vote decides. A rule has three values: it holds, it does not, or that is not known.

| question | module |
|---|---|
| Does a proposal pass, who blocks it, whose change of mind would let it through? | `decision_rules` |
| How much power has each member? | `voting_power` |
| On whom does the decision depend, over many draws of what it is worth to each? | `deciding_body` |
| How many coalitions meet some criteria? | `coalition_counts` |
| Do the rules bar a proposal, or leave it open? | `competence`, with rules as in `legal_rule` |
| What would have to change for it to be open? | `minimal_openings` |
| What follows from a condition if the facts are not known? | `three_valued_logic` |
"""
