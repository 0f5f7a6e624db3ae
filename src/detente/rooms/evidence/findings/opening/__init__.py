"""What the chapter opens with: its headline, a short paragraph, its picture, and what is missing."""
