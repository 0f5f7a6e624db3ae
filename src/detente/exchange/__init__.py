"""The formats of other programs: REFI-QDA projects, CSL-JSON and BibTeX."""
