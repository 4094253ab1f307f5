"""What `amends review` reads, prints and counts."""
