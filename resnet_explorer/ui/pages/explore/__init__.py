"""The page that shows one net."""
