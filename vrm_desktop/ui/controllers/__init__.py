"""Between pages and services: read, show, do what the person asks. Never a widget's layout, never a rule of the trade."""
