"""Findings on trust, and on what would build it."""
