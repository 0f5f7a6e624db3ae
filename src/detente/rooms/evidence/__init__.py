"""What the evidence supports."""
