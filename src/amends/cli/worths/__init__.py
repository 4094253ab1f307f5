"""The parts of `amends worth`."""
