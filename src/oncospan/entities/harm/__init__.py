"""Harm: adverse events and what they lead to, with the grade that stands before them."""
