"""The parts of the Laboratory page."""
