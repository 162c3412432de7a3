"""Strict JSON, its canonical form, base64url and hashes. A leaf: what bytes mean may never live here."""
