"""What would turn the answer: numbers one by one, a threat, other priors."""
