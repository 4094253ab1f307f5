"""What people fill in on the pages for staff: checked here, carried out by `amends.actions`."""
