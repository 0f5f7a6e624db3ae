"""The page that works itself out: the model as data, the engine that reads it in a browser, and what is set there."""
