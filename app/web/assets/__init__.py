"""assets pages."""
