"""What makes a password good enough."""

from __future__ import annotations

from pms.say import Say, say

SHORTEST = 10
LONGEST = 200
FEWEST_DIFFERENT = 5
WELL_KNOWN = ("password", "qwerty", "1234567", "innkeep", "welcome", "letmein")


def password_problem(password: str, *, login: str, name: str) -> Say | None:
    """Why this password will not do, or None."""
    folded = password.casefold()
    if len(password) < SHORTEST:
        return say("The password needs at least {count} characters.", count=SHORTEST)
    if len(password) > LONGEST:
        return say("The password may have at most {count} characters.", count=LONGEST)
    if any(len(word) > 2 and word in folded for word in {login.casefold(), *name.casefold().split()}):
        return say("The password must not contain the user's name.")
    if len(set(folded)) < FEWEST_DIFFERENT or any(word in folded for word in WELL_KNOWN):
        return say("This password is too easy to guess.")
    return None
