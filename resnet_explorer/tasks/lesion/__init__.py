"""Blocks deleted from a trained network, and its gradient by lengths of paths."""
