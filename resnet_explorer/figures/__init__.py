"""Charts, as plotly figures: made from numbers that were computed or measured, with units and their own words."""
