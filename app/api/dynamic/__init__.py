"""Dynamic: environments whose users sign in from browsers, and are looked after by a key."""
