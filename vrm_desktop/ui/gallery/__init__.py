"""Sample states of every page, for pictures and tests. Made up; nothing imports them at run time."""
