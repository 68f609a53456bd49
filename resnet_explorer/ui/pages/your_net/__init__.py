"""The page that says which net somebody has."""
