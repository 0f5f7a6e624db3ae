"""What a case may say: one class for each kind of entry."""
