"""The channels room: who gains by which channel; and a library of Myerson values."""
