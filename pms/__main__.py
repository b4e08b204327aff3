"""`python -m pms` is the command `pms`."""

from pms.cli import main

if __name__ == "__main__":
    main()
