"""What pages are built from: controls, cells, pictures, folds, and words."""
