"""Readings of the description that are numbers. Pure: no torch, no input or output."""

from resnet_explorer.analysis.report import Layer, Report, Stage, analyse, count_layers

__all__ = ["Layer", "Report", "Stage", "analyse", "count_layers"]
