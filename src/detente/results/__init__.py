"""The shapes in which rooms give their results."""
