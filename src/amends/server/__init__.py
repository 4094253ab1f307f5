"""Settings, addresses and wiring: the one room that knows all the others."""
