"""The page of the bottleneck: what it saves, counted and timed."""
