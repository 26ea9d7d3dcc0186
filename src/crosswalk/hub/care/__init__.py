"""Who cares for a person: one named lead worker for each program, handed on warmly, so that nobody is left behind."""
