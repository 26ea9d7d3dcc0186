"""Who qualifies for what and why: gate, programs, reasons, questions, rank, reach, and what changed since."""
