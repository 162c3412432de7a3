"""What pages show: frozen view models, already worded and formatted. Never a widget, never a service."""
