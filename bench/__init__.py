"""Every speed the README states, measured again: `make bench`, or `python -m bench NAME` for one of them."""
