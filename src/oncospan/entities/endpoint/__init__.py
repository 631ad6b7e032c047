"""Endpoints of trials: response rates, survival times, and their shares at a time."""
