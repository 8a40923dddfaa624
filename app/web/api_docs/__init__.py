"""api_docs pages."""
