"""Every outgoing socket of the program, and its limits, in one place.

A leaf: nothing here knows vendors, messages, the vault or the screen. Bytes and addresses go in, status, headers and
bytes come out, and nothing a peer sends can make it wait, grow or connect beyond `Limits`.
"""
