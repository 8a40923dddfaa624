"""Its part for browsers: whoever sits there asks for themselves, by a session of theirs."""
