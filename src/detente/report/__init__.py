"""From an assessment to what people read: page, files, terminal, notebook."""
