"""The model of an offer compiled: the same steps as the readable version, over a few draws at a time."""
