"""Between a case and a project of qualitative data analysis."""
