"""history pages."""
