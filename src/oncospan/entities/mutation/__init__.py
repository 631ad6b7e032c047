"""The mutation room."""
