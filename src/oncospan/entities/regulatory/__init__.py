"""What agencies do: approve, accept, designate, refuse, withdraw, list."""
