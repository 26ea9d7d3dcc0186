"""The work lists: who is on them and why, who takes them on, what is kept of a view, and lists to take along."""
