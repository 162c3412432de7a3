"""Documents that the shop lays ready for one person: an invoice, a warranty, a manual."""
