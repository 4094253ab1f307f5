"""What `amends check` looks at: one function for each subject, each yielding what it found."""
