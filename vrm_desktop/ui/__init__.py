"""The window: Qt Widgets over the services. Never disk, network or key derivation; never a rule of the trade."""
