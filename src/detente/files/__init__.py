"""Reading with bounds, writing whole or not at all."""
