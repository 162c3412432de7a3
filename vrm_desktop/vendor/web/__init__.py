"""The desk's door on the web: HTTP in and out, as sections 2 and 3 of docs/protocol.md say. Nothing is decided here."""
