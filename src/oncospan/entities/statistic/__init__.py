"""What bounds or compares a figure: hazard ratios, confidence intervals, P values, counts."""
