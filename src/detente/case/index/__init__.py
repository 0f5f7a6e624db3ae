"""What is declared in a case, and how to find it."""
