"""The referral desk and its closed loop: who can take a person, what goes to them, whose turn it is, how it ended."""
