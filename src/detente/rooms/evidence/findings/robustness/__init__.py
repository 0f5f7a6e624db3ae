"""Findings on what the verdicts stand on."""
