"""Negative vectors: for every rule a message that breaks it and nothing else. Bytes only; posting them is elsewhere."""
