"""`python -m newskeep.cli`."""

from newskeep.cli import main

raise SystemExit(main())
