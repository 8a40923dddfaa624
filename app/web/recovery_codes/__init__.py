"""recovery codes pages."""
