"""How sure the answers are, and what matters: choices, numbers, rare answers, and where an answer is yes."""
