"""Sweeps: one question asked at many settings, of one case or of many, in pieces that may be worked out anywhere."""
