"""The mathematics, usable by itself: plain values, arrays and frozen dataclasses; no case, no file, no English."""
