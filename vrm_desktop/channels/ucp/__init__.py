"""Shops that speak the Universal Commerce Protocol, over the courier: found, and asked by plain calls or by tools."""
