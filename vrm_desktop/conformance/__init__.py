"""The conformance kit: grades any vendor's endpoint against docs/protocol.md, and a vendor that lies on demand.

Plays the person's side over real HTTP. Never here: anything of our own desk; the kit knows only the wire.
"""
