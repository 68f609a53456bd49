"""The application: the frame around every page, its server, and the guard before it."""
