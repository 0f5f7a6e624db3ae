"""What the answers hang on, as numbers."""
