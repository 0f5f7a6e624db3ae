"""Games of two and of many, repeated games, trust, arms races."""
