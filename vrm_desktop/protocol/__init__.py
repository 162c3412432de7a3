"""Meanings to signed bytes and back. Sans-IO: no sockets, files, clocks or randomness may ever live here."""
