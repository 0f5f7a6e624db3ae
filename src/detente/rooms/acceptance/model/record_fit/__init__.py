"""The answer held against what happened."""
