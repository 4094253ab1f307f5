"""The only room that writes: one function for each use case.

`access_…` fetches for an actor or refuses, `check_…` validates, `do_…` decides and appends.
"""
