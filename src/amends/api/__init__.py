"""The JSON API, for programs. Thin: every change goes through the same actions as the pages, past the same gates."""
