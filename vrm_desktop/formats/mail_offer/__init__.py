"""Answer mails read for what they offer: plain text in, proposed values with their passages out.

Never here: parsing of mail files, what a person makes of a proposal, or any network.
"""
