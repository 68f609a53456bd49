"""The page that follows one quantity through a net."""
