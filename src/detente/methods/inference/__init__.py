"""Inference from coded evidence: congruence, Bayesian updating, fragility, reliability."""
