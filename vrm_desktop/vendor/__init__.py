"""The vendor's house: a desk that decides (sans-IO), a store that remembers, a web door, and their command line."""
