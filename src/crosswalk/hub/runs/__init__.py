"""Runs that need everything: what the files gave is brought into the tables, in one step."""
