"""Where each role starts the day, and one page that tells everything about a person."""
