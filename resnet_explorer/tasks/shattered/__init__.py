"""The slope of a network of one number along a line."""
