"""What happened at the desk goes into the shop's other programs, and what they say comes back. Docs: docs/vendor.md.

Here: the port, the outbox behind it, the connectors of the house. Never here: an answer to anybody, or a rule.
"""
