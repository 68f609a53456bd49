"""Singular values of a stage."""
