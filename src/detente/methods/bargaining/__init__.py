"""Relative gains, side payments, ratification, replies to offers."""
