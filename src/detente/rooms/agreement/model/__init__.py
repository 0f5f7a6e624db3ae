"""From a case, through the methods, to results."""
