"""The pages: for staff, and for the customer."""
