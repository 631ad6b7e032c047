"""The drug room."""
