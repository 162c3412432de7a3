"""One file per thing the person does. Services see ports, never adapters: no Qt, sockets, SQL or prose here."""
