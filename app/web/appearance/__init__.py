"""appearance pages."""
