"""Every probe of a network at initialisation."""
