"""What could be agreed: which offer, in which form, with which clauses, in which order, and who has to be won."""
