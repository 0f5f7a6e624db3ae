"""Tests of the page that works itself out."""
