"""The ground: what a case is, how it is read, what is declared in it."""
