"""The version of Détente."""

__version__ = "0.1.0"
