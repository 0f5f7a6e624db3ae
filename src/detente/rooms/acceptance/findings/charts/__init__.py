"""The pictures of the room, one a file."""
