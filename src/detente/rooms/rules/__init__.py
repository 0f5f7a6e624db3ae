"""What the rules allow."""
