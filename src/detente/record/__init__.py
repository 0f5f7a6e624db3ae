"""What happened, and who belonged where, when."""
