"""The dispute bundle: one file that proves a conversation to a third. Writing, reading and checking it; pure bytes.

Never here: what goes in (services/make_bundle), where it is kept, and any network.
"""
