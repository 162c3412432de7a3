"""How the window looks: colours, type, spacing, icons. Never what it says or does."""
