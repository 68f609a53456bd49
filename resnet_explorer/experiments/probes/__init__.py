"""The tasks' torch side. Importing a module of this package imports torch."""
