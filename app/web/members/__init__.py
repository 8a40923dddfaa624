"""members pages."""
