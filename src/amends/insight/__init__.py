"""Reads only: what pages, programs and figures show, as plain frozen values.

Functions take the cases that somebody may see (`amends.actions.access.visible_cases`), and policy, calendar and time
as arguments. Nothing here writes, and nothing here decides who may see what.
"""
