"""Who proposes, who must be won, who accepts: what actors make of their gains under each theory."""
