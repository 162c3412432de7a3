"""The archive of everything: one ZIP file that any program can read, and the way back. Layout: docs/archive.md.

Pure: open streams and rows in, rows and streams out. Never here: the vault, a path, encryption, words on a screen.
"""
