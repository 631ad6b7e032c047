"""How near a run comes to gold: one-to-one alignment, scores, and the list of errors."""
