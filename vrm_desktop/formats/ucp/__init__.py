"""The Universal Commerce Protocol's documents: what shops answer, read with patience, and what is asked, by edition."""
