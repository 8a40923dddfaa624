"""Its part for applications whose people belong to organizations."""
