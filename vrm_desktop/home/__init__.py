"""The vault behind the ports of the services: opened, kept, backed up and restored as screens and commands ask for it.

Only wiring imports this room. Never here: what a screen shows, SQL, or a way to reach anybody.
"""
