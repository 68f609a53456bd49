"""A gradient through fully connected layers."""
