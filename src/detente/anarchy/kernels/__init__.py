"""The loops of `play.py` for tournaments, compiled; `play.py` is what they are tested against."""
