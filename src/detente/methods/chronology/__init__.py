"""Vague dates and what can be told from them: spells of membership, delays, contradictions."""
