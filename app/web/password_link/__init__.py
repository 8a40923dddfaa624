"""password link pages."""
