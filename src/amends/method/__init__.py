"""The law: facts, moves, state, gates, path, clock, calendar, policy. Pure; time and ids are arguments."""
