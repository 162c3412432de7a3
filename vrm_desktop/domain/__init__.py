"""What the product is about, as values and rules. Pure: no Qt, I/O, clock, randomness or JSON may ever live here."""
