"""The date room."""
