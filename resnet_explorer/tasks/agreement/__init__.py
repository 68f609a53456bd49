"""Gradients of different mini-batches, compared."""
