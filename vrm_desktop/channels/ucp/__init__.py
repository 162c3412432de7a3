"""Shops that speak the Universal Commerce Protocol, over the courier: asked by plain calls or by tools."""
