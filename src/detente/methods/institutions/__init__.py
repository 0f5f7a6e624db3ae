"""Legal competence and decision rules: what rules permit, and who decides."""
