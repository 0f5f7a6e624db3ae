"""Generators with a seed that try to break the product: mutated cases, hostile text, kills. See `make stress`."""
