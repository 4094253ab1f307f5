"""The ways in and out: one folder for each kind, with all that belongs to it. They do not know each other."""
