"""Spreadsheets: coding sheets, and matrices of competing hypotheses."""
