"""The page on which a residual net and a plain one are trained beside each other."""
