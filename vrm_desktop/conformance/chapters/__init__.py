"""The parts of a run: each plays some conversations, or calls, and grades its own rules."""
