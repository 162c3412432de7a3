"""What an open vault keeps, noun by noun: plain SQL over one table each, domain records in and out.

Never lives here: transactions' beginning and end, keys of the vault, decisions about what the records mean.
"""
