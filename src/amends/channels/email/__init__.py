"""E-mail: taken in by SMTP or out of mailboxes; ours goes out by `amends.actions.sending`."""
