"""The rules: what a code, a lock, a session is. Pure; time is an argument."""
