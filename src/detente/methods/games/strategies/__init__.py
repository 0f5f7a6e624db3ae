"""Strategies of repeated games: as automata, by payoffs, with long memories, and the library of those with names."""
