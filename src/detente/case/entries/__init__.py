"""The registry of kinds of entries: what is declared, what refers to what, which inputs there are."""
