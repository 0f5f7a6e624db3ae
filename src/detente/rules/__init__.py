"""What each organisation may decide, who can stop it, and what would unblock it."""
