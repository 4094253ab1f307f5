"""What `amends read` takes in, and how it tells what it read: to people, and to programs."""
