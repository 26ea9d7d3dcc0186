"""How a referral goes: its state table, turns and clocks, one outcome each, and who is best asked to take a person."""
