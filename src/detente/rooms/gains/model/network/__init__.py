"""Who deals with whom: actors, organisations, the graphs of channels and who has what part in them."""
