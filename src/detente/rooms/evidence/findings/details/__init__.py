"""Details of the chapter, each of all tables at once."""
