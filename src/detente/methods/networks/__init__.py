"""Communication graphs: Myerson values, network formation, what pairs have at stake."""
