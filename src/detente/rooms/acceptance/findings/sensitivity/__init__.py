"""Findings on what would turn the answer."""
