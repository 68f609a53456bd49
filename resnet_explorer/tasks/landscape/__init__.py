"""The loss around where a training ended."""
