"""The only door to disk: the encrypted vault, its ways in, its one connection and everything stored in it.

What is kept, how it is unlocked, and how it stays whole live here. Never: the network, Qt, wording for people, or a
decision about a vendor.
"""
