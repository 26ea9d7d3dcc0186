"""The record that cannot be rewritten: each act, and each read of a person, chained by hashes."""
