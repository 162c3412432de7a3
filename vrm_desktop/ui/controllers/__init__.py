"""Between pages and services: read, show, do what the person asks. Never a layout or a rule of the trade."""
