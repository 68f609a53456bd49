"""The time of two nets."""
