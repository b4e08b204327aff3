"""What guests ask for, what is broken and what they complain of: written down at once, followed to the end (S1-S6)."""
