"""Readers and writers: the only place that knows paths, encodings, formats and tables."""
