"""A training on any data set."""
