"""Would it last."""
