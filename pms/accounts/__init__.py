"""Who works with the system: users, their sessions, and the attempts to log in."""
