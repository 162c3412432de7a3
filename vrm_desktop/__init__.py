"""VRM Desktop: the customer's side of the relationship, as a personal agent on the person's own computer."""

__version__ = "0.1.0"
