"""What `amends policy` reads and says."""
