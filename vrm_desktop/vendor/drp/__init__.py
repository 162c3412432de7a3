"""The desk's answers to the Data Rights Protocol 1.0: who may ask, what was asked, and what the shop's people said.

Apart from the conversations of the desk: an agent comes with a person's claims, not with a relationship's key. Never
here: the protocol's JSON (protocol/drp_*), HTTP, pages.
"""
