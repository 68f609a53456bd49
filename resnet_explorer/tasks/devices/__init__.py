"""The devices that a worker has."""
