"""Pure codecs: what other programs write, as dataclasses, and back. No sockets, no clock, no database."""
