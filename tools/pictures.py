"""`make pictures`: run the demo and take the pictures that the README and the docs show."""

from __future__ import annotations

import io
import runpy
import sys
from pathlib import Path

from browser import opened
from PIL import Image

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
SITE = ROOT / "demo" / "out" / "site"
BRIDGE = "2026-11-20/Lanmere-bridge-reopens-to-lorries-after-two-years-of-repairs"
CHINESE = "2026-11-19/夜间图书馆或将失去夜晚"
SHOTS = (
    ("front", "index.html", 1280, 1180, "light"),
    ("article", f"{CHINESE}/index.html", 390, 844, "light"),
    ("versions", f"{BRIDGE}/v2/index.html", 768, 900, "dark"),
)


def main() -> None:
    """Make all of them again."""
    sys.path.insert(0, str(ROOT / "demo"))
    runpy.run_path(str(ROOT / "demo" / "run.py"))["main"]()
    PICTURES.mkdir(exist_ok=True)
    with opened() as browser:
        for name, page, width, height, scheme in SHOTS:
            view = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            view.goto((SITE / page).as_uri())
            view.wait_for_load_state("networkidle")
            save(view.screenshot(), PICTURES / f"{name}.webp")
            view.close()


def save(data: bytes, path: Path) -> None:
    """Write a picture small, its letters still sharp."""
    Image.open(io.BytesIO(data)).convert("RGB").save(path, quality=85, method=6)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
