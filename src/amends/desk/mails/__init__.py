"""Mails of the desk to its own people: what they were told, and the digest of the morning."""
