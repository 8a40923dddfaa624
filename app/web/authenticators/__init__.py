"""authenticators pages."""
