"""The edges: every door through which somebody reaches the core."""
