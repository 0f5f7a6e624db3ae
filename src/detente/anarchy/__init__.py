"""Whether cooperation would last with nobody to enforce it: repeated games, relative gains, trust."""
