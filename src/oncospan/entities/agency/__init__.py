"""Agencies that decide on drugs, by name or by the country that stands for them."""
