"""The page of costs: what is counted, and what is timed."""
