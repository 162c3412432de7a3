"""Ways to reach vendors behind one port (services/ports.py: Channel). No disk, no keys, no decisions may live here."""
