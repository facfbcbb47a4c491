"""`python -m newsstand --port 8099`, in the folder demo/: look at the papers in a browser."""

from __future__ import annotations

import argparse
import time

from newsstand import Newsstand

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--port", type=int, default=8099)
parser.add_argument("--edition", type=int, default=1, choices=(1, 2))
chosen = parser.parse_args()
with Newsstand(chosen.port) as stand:
    stand.edition = chosen.edition
    print("\n".join(["The newsstand is open:", *stand.feeds(), "Ctrl-C closes it."]))
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        pass
