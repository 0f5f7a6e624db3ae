"""Who accepts, and what would turn it."""
