"""The questions that Détente answers about a case, one folder each."""
