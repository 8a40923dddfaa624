"""organization pages."""
