"""Compiled loops for tournaments."""
