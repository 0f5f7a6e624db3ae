"""How sure the answer is, and what it hangs on: choices, numbers, rare answers, and where it is yes."""
