"""The building blocks of every page. Never a service, a page or a rule of the trade."""
