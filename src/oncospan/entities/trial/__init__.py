"""Trials: names, registry numbers, and the phrases that open or keep one."""
