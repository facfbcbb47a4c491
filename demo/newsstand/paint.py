"""Paints the newsstand's pictures: `python demo/newsstand/paint.py`. They are committed; run it to change them."""

from __future__ import annotations

import math
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1200, 800)
FOLDER = Path(__file__).parent / "pictures"

Colour = tuple[int, int, int]


def sky(top: Colour, bottom: Colour) -> Image.Image:
    """A sheet that fades from one colour to another."""
    column = Image.new("RGB", (1, SIZE[1]))
    for y in range(SIZE[1]):
        share = y / SIZE[1]
        column.putpixel(
            (0, y), tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        )
    return column.resize(SIZE)


def ridge(draw: ImageDraw.ImageDraw, base: float, rough: float, colour: Colour, seed: int) -> None:
    """A line of hills across the sheet."""
    waves = random.Random(seed)
    parts = [
        (waves.uniform(0.6, 4), waves.uniform(0, 6.3), waves.uniform(0.3, 1)) for _ in range(5)
    ]
    points = []
    for x in range(0, SIZE[0] + 8, 8):
        height = sum(
            size * math.sin(x / SIZE[0] * speed * 6.3 + start) for speed, start, size in parts
        )
        points.append((x, base + height * rough))
    draw.polygon([*points, (SIZE[0], SIZE[1]), (0, SIZE[1])], fill=colour)


def water(image: Image.Image, level: int, light: Colour, seed: int) -> None:
    """Glints on water below a level."""
    draw, waves = ImageDraw.Draw(image, "RGBA"), random.Random(seed)
    for _ in range(900):
        y = level + (SIZE[1] - level) * waves.random() ** 1.6
        length = 6 + (y - level) * 0.25 * waves.random()
        x = waves.gauss(SIZE[0] * 0.62, SIZE[0] * 0.22)
        draw.line((x, y, x + length, y), fill=(*light, 40 + int(90 * waves.random())), width=2)


def sun(image: Image.Image, place: tuple[int, int], size: int, colour: Colour) -> Image.Image:
    """A low sun with its haze."""
    glow = Image.new("RGB", SIZE, (0, 0, 0))
    ImageDraw.Draw(glow).ellipse(
        [place[0] - size, place[1] - size, place[0] + size, place[1] + size], fill=colour
    )
    haze = glow.filter(ImageFilter.GaussianBlur(size * 1.4))
    mask = haze.convert("L").point(lambda value: min(255, value * 2))
    image.paste(Image.new("RGB", SIZE, colour), mask=mask)
    ImageDraw.Draw(image).ellipse(
        [place[0] - size, place[1] - size, place[0] + size, place[1] + size], fill=colour
    )
    return image


def bridge() -> Image.Image:
    """A long bridge over a harbour at daybreak."""
    image = sun(sky((46, 66, 96), (244, 184, 138)), (760, 430), 46, (255, 232, 190))
    draw = ImageDraw.Draw(image)
    ridge(draw, 470, 18, (104, 104, 124), 3)
    draw.rectangle((0, 540, *SIZE), fill=(70, 82, 104))
    water(image, 540, (255, 214, 168), 4)
    draw = ImageDraw.Draw(image)
    ink = (28, 34, 46)
    draw.rectangle((0, 470, SIZE[0], 484), fill=ink)
    for tower in (300, 900):
        draw.rectangle((tower - 12, 200, tower + 12, 640), fill=ink)
        draw.rectangle((tower - 30, 600, tower + 30, 660), fill=ink)
    for x in range(0, SIZE[0], 24):
        span = (x - 300) / 600
        sag = (
            205 + 245 * (1 - (2 * span - 1) ** 2)
            if 0 <= span <= 1
            else 205 + 265 * min(1, abs(x - (300 if span < 0 else 900)) / 300)
        )
        draw.line((x, sag, x, 472), fill=ink, width=2)
        draw.ellipse((x - 4, sag - 4, x + 4, sag + 4), fill=ink)
    for x, width in ((420, 46), (640, 30), (1010, 46)):
        draw.rectangle((x, 446, x + width, 470), fill=(200, 88, 60))
    return image


def library() -> Image.Image:
    """A library lit at night, in the rain."""
    image = sky((18, 22, 40), (40, 44, 70))
    draw = ImageDraw.Draw(image)
    draw.rectangle((160, 200, 1040, 640), fill=(52, 48, 58))
    draw.polygon([(130, 200), (600, 80), (1070, 200)], fill=(44, 40, 50))
    for column in range(8):
        for row in range(2):
            x, y = 200 + column * 105, 250 + row * 190
            draw.rectangle((x, y, x + 66, y + 140), fill=(250, 206, 120))
            shelf = random.Random(column * 7 + row)
            for level in (y + 45, y + 95, y + 138):
                place = x + 4
                while place < x + 58:
                    width, height = shelf.randint(4, 10), shelf.randint(22, 38)
                    tone = shelf.choice(
                        [(140, 60, 50), (70, 84, 110), (96, 110, 70), (150, 112, 60)]
                    )
                    draw.rectangle(
                        (place, level - height, min(place + width, x + 62), level), fill=tone
                    )
                    place += width + 1
    draw.rectangle((0, 640, *SIZE), fill=(30, 32, 46))
    reflection = (
        image.crop((0, 320, SIZE[0], 640))
        .transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        .resize((SIZE[0], 160))
    )
    image.paste(
        Image.blend(
            reflection.filter(ImageFilter.GaussianBlur(7)),
            Image.new("RGB", (SIZE[0], 160), (30, 32, 46)),
            0.5,
        ),
        (0, 640),
    )
    rain, drops = ImageDraw.Draw(image, "RGBA"), random.Random(9)
    for _ in range(420):
        x, y = drops.randint(0, SIZE[0]), drops.randint(0, SIZE[1])
        rain.line((x, y, x - 5, y + 26), fill=(190, 200, 230, 46), width=1)
    return image


def kelp() -> Image.Image:
    """Green water with ropes of kelp, seen from below."""
    image = sky((150, 200, 178), (10, 44, 52))
    draw, growth = ImageDraw.Draw(image, "RGBA"), random.Random(5)
    for ray in range(9):
        x = 80 + ray * 140
        draw.polygon([(x, 0), (x + 60, 0), (x + 190, 800), (x - 40, 800)], fill=(230, 250, 220, 16))
    for rope in range(13):
        x, tone = 40 + rope * 94 + growth.randint(-16, 16), growth.randint(0, 46)
        for leaf in range(46):
            y = 60 + leaf * 16
            sway = math.sin(y / 120 + rope) * 34
            reach = growth.randint(30, 84) * (1 if leaf % 2 else -1)
            draw.polygon(
                [(x + sway, y), (x + sway + reach, y + growth.randint(8, 30)), (x + sway, y + 14)],
                fill=(40 + tone, 70 + tone, 34, 220),
            )
        draw.line(
            [(x + math.sin(y / 120 + rope) * 34, y) for y in range(0, 800, 20)],
            fill=(214, 196, 150, 230),
            width=4,
        )
    return image


def lighthouse() -> Image.Image:
    """A lighthouse on its island at dusk."""
    image = sky((58, 60, 108), (238, 150, 120))
    draw = ImageDraw.Draw(image, "RGBA")
    draw.polygon([(806, 236), (0, 60), (0, 250)], fill=(255, 244, 200, 52))
    ridge(draw, 610, 10, (62, 56, 80), 12)
    draw.rectangle((0, 640, *SIZE), fill=(54, 58, 88))
    water(image, 640, (255, 190, 160), 2)
    draw = ImageDraw.Draw(image)
    draw.polygon([(600, 660), (700, 560), (880, 540), (1040, 660)], fill=(36, 34, 46))
    draw.polygon([(776, 260), (836, 260), (856, 560), (756, 560)], fill=(240, 232, 220))
    for band in (320, 420, 510):
        draw.polygon(
            [
                (776 - (band - 260) // 15, band),
                (836 + (band - 260) // 15, band),
                (838 + (band - 260) // 15, band + 40),
                (774 - (band - 260) // 15, band + 40),
            ],
            fill=(176, 60, 52),
        )
    draw.rectangle((780, 214, 832, 260), fill=(255, 244, 190))
    draw.polygon([(770, 214), (806, 176), (842, 214)], fill=(60, 40, 44))
    return image


def subscribe() -> Image.Image:
    """The banner that newskeep must not keep."""
    image = Image.new("RGB", (728, 120), (168, 30, 36))
    draw = ImageDraw.Draw(image)
    draw.rectangle((14, 14, 714, 106), outline=(255, 255, 255), width=3)
    draw.text((250, 50), "SUBSCRIBE: 99 CENTS FOR 3 MONTHS", fill=(255, 255, 255))
    return image


def main() -> None:
    """Paint them all."""
    FOLDER.mkdir(exist_ok=True)
    for work in (bridge, library, kelp, lighthouse):
        picture = work().filter(ImageFilter.GaussianBlur(0.6))
        picture.save(FOLDER / f"{work.__name__}.jpg", quality=80, optimize=True, progressive=True)
    subscribe().save(FOLDER / "subscribe.png", optimize=True)


if __name__ == "__main__":
    main()
