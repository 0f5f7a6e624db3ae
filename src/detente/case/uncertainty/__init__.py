"""Numbers of a case as distributions, and draws from them."""
