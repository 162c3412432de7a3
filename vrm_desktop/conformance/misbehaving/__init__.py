"""A scripted vendor: it keeps the protocol by the protocol's own functions, until a scenario tells it to lie."""
