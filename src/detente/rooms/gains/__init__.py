"""Who gains."""
