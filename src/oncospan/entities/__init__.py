"""The rooms: one folder for each entity type, strangers to each other."""
