"""What the numbers of the room count."""

SHARE_AT_STAKE = "share of all at stake"
SHARE_OF_DRAWS = "share of draws"
SHARE_OF_GAIN = "share of a gain"
FROM_0_TO_1 = "from 0 to 1"
