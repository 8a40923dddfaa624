"""sign in pages."""
