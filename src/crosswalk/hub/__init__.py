"""What the hub remembers and shows: tables, actions and pages on PostgreSQL, for several organizations together."""
