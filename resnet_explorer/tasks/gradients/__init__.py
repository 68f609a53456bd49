"""Gradient norms at initialisation."""
