"""Its part for applications whose people are just users."""
