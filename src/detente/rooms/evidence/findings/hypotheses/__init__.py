"""Findings on hypotheses that exclude each other."""
