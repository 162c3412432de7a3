"""Files in and out: pure bytes to the domain, the domain to bytes. No disk, network, clock or prose may live here."""
