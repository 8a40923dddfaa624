"""invitations pages."""
