"""The page that compares two nets."""
