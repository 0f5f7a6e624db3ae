"""The REFI-QDA standard: projects and codebooks as files."""
