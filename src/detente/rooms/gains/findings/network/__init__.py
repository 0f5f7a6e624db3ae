"""Findings on the network itself: who stands between, which links hold, other ways to share."""
