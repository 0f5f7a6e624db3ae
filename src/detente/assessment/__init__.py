"""From a case to an assessment: every room is asked; saved, compared and explained."""
