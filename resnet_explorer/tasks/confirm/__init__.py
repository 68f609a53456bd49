"""The real module, counted by independent tools."""
