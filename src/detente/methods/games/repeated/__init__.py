"""Repeated play, worked out exactly: one match, tournaments, and how much work they are."""
