"""Choices that are no numbers: what a case has, what it could have as well, and what the answer would be then."""
