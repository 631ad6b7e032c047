"""The percentage room."""
