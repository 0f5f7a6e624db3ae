"""What the sources support: motives, codings, theories, verdicts and how fragile they are."""
