"""The prose people read outside widget labels: errors with advice, states as labels. Never logic."""
