"""The prices that a saved shop page says in schema.org's words (JSON-LD and microdata). Pure: bytes in, records out.

Nothing on the page is run, followed or fetched. Never here: where a page comes from, and for which want it is kept.
"""
