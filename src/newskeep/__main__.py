"""`python -m newskeep`."""

from newskeep.cli import main

raise SystemExit(main())
