"""Typed identifiers. Local ones are random and never leave; wire ones are hashes or keys. No generation here."""

from typing import NewType

IntentcastId = NewType("IntentcastId", str)
VendorId = NewType("VendorId", str)
RelationshipId = NewType("RelationshipId", str)
PersonaId = NewType("PersonaId", str)
FieldId = NewType("FieldId", str)
ActId = NewType("ActId", str)

Kid = NewType("Kid", str)
"""A raw Ed25519 public key, base64url without padding (43 characters)."""

Digest = NewType("Digest", str)
"""SHA-256, base64url without padding (43 characters)."""

MessageId = NewType("MessageId", str)
"""SHA-256 of a message's compact JWS, base64url; the ping's is also the conversation id."""
