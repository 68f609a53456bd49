"""The time of blocks."""
