"""`python -m seeds`: see cli.py."""

import sys

from seeds.cli import main

if __name__ == "__main__":
    sys.exit(main())
