"""What workers answered when a rule asked about a person: with name and day, counted at once, and to be taken back."""
