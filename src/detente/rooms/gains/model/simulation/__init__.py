"""The draws: numbers of a case, what channels are worth in each, and what all come to."""
