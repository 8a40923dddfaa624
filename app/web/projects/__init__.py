"""projects pages."""
