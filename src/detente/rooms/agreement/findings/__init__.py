"""What the room tells, one file a finding."""
