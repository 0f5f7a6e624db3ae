"""What is told of how sure the answers are."""
