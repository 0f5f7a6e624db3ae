"""English, number formats, and the guarded way out for text from elsewhere."""
