"""welcome pages."""
