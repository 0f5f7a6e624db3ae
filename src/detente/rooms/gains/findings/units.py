"""What the numbers of the room count."""

SHARE_AT_STAKE = "share of all at stake"
SHARE_OF_SIMULATIONS = "share of simulations"
SHARE_OF_GAIN = "share of a gain"
FROM_0_TO_1 = "from 0 to 1"
