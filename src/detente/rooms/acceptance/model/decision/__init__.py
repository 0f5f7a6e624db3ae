"""Who decides, what it is worth to them, and what they decide."""
