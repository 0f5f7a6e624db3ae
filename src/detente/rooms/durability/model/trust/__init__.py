"""Trust between two sides that do not know each other's motives."""
