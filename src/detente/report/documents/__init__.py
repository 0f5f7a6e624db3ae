"""Documents to hand on: the brief, with chapters and annex where wanted, as Markdown, Word and LaTeX."""
