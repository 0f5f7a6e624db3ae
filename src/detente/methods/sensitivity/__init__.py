"""How sure an answer is, and which inputs it depends on: sensitivity analysis of draws.

An input is a number that is not known; a draw gives each input a value. Draws come as uniforms: for each input the
share of its distribution that lies below its value, from 0 to 1, independent of those of other inputs. An output is
what follows from a draw: a number, or a yes or no as 1 or 0. The first-order index of an input is the share of the
variance of the output that it accounts for alone; its total index also counts what it does together with others.

| question | module |
|---|---|
| How sure is a mean or a share of draws? | `group_errors` |
| How sure is any other estimate from draws? | `jackknife` |
| Which inputs matter each by itself? | `first_order` |
| How does the mean output change with one input, and where does it cross a level? | `conditional_means` |
| What would it be worth to know one input? | `value_of_knowing` |
| Which inputs matter together with others, and how often does one turn the answer? | `total_effects` |
| Which choices of the analyst matter, beside all inputs? | `choice_factors` |
| How likely is an answer that plain draws hardly ever give? | `tilted_sampling` |
| Where do the draws with a rare answer lie? | `region_search` |
| What do the draws with one answer have in common, and is that well described? | `scenario_discovery` |
| Which boxes hold ever more of one answer? | `box_peeling` |
| What does each limit of a box add? | `box_pruning` |
| How much of an answer does a box hold? | `box_measures` |
"""
