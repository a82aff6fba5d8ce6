"""Turns a screen of tmux (capture-pane -p -e) into an SVG: picture.py dark|light TITLE <screen >picture."""

import re
import sys
import unicodedata
from html import escape

WIDTH, HEIGHT, SIZE, MARGIN = 8.4, 18, 14, 12
# The colours of the page and the eight of the terminal, readable on it.
PAGES = {
    "dark": ("#1b1d23", "#d7dae0", ["#3b4048", "#f07178", "#a5d076", "#e6c07b", "#7fb4ff", "#d59cf0", "#66c8d8", "#d7dae0"]),
    "light": ("#ffffff", "#24292f", ["#24292f", "#b3261e", "#2c6e1f", "#7a5c00", "#0a50b4", "#8430ad", "#0b6875", "#6e7781"]),
}
BLOCKS = "▁▂▃▄▅▆▇█"
# Which of left, right, up and down a character has a line to.
LINES = {"─": "lr", "│": "ud", "┃": "UD", "┌": "rd", "┐": "ld", "└": "ru", "┘": "lu", "├": "rud", "┤": "lud", "┬": "lrd", "┴": "lru", "┼": "lrud"}

page, ink, palette = PAGES[sys.argv[1]]


def color(number):
    """The colour of a number of 256."""
    if number < 16:
        return palette[number % 8]
    if number >= 232:
        return "#" + f"{(number - 232) * 10 + 8:02x}" * 3
    levels = [0, 95, 135, 175, 215, 255]
    number -= 16
    return "#" + "".join(f"{levels[part]:02x}" for part in (number // 36, number // 6 % 6, number % 6))


def apply(codes, style):
    """The style after a sequence of SGR."""
    style = dict(style)
    codes = [int(code or 0) for code in re.split("[;:]", codes)]
    while codes:
        code = codes.pop(0)
        if code == 0:
            style = {}
        elif code in (1, 2, 4, 7):
            style[code] = True
        elif code == 22:
            style.pop(1, None), style.pop(2, None)
        elif code in (24, 27):
            style.pop(code - 20, None)
        elif code in (38, 48):
            kind, rest = codes[0], codes[1:]
            style[code] = color(rest[0]) if kind == 5 else "#" + "".join(f"{part:02x}" for part in rest[:3])
            codes = rest[1 if kind == 5 else 3:]
        elif code in (39, 49):
            style.pop(code - 1, None)
        elif 30 <= code <= 37 or 90 <= code <= 97:
            style[38] = palette[code % 10]
        elif 40 <= code <= 47 or 100 <= code <= 107:
            style[48] = palette[code % 10]
    return style


def cells(line, style):
    """The cells of a line as (column, columns, text, style), and the style behind it."""
    found, column = [], 0
    for part in re.findall("\x1b\\[[0-9;:]*m|\x1b[()].|[\x0e\x0f]|.", line):
        if part.startswith("\x1b[") and part.endswith("m"):
            style = apply(part[2:-1], style)
        elif part[0] in "\x1b\x0e\x0f":
            continue
        elif unicodedata.combining(part) and found:
            last = found[-1]
            found[-1] = (last[0], last[1], last[2] + part, last[3])
        else:
            columns = 2 if unicodedata.east_asian_width(part) in "WF" else 1
            found.append((column, columns, part, style))
            column += columns
    return found, style


def runs(cells):
    """The cells joined where they look the same and have one column each."""
    joined = []
    for column, columns, text, style in cells:
        plain = columns == 1 and text not in BLOCKS and text not in LINES
        last = joined[-1] if joined else None
        if plain and last and last["plain"] and last["style"] == style:
            last["text"] += text
            last["columns"] += 1
        else:
            joined.append({"column": column, "columns": columns, "text": text, "style": style, "plain": plain})
    return joined


def rectangle(x, y, width, height, fill, more=""):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{more}/>'


def draw(run, row):
    x, y = MARGIN + run["column"] * WIDTH, MARGIN + row * HEIGHT
    width, style, text = run["columns"] * WIDTH, run["style"], run["text"]
    front, back = style.get(38, ink), style.get(48)
    if 7 in style:
        front, back = back or page, front
    faint = ' opacity="0.62"' if 2 in style else ""
    if back:
        # A little more than the cells, so that no seam is seen between them.
        yield rectangle(x, y, width + 0.2, HEIGHT + 0.2, back, faint if 7 in style else "")
    if text in BLOCKS and text.strip():
        part = (BLOCKS.index(text) + 1) / 8 * HEIGHT
        yield rectangle(x, y + HEIGHT - part, width + 0.2, part, front, faint)
    elif text in LINES:
        ways, thick = LINES[text].lower(), 2.5 if text == "┃" else 1
        middle, level = x + WIDTH / 2, y + HEIGHT / 2
        if "l" in ways or "r" in ways:
            start, end = (x if "l" in ways else middle), (x + WIDTH + 0.2 if "r" in ways else middle)
            yield rectangle(start, level - 0.5, end - start, 1, front, faint)
        if "u" in ways or "d" in ways:
            start, end = (y if "u" in ways else level), (y + HEIGHT if "d" in ways else level)
            yield rectangle(middle - thick / 2, start, thick, end - start, front, faint)
    elif text.strip():
        more = (' font-weight="bold"' if 1 in style else "") + (' text-decoration="underline"' if 4 in style else "")
        length = f' textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs"' if run["plain"] else ""
        yield f'<text x="{x:.1f}" y="{y + HEIGHT - 5:.1f}" fill="{front}"{length}{more}{faint}>{escape(text)}</text>'


lines, style, parts, columns = sys.stdin.read().rstrip("\n").split("\n"), {}, [], 0
for row, line in enumerate(lines):
    found, style = cells(line, style)
    columns = max([columns] + [column + width for column, width, _, _ in found])
    parts += [part for run in runs(found) for part in draw(run, row)]
width, height = columns * WIDTH + 2 * MARGIN, len(lines) * HEIGHT + 2 * MARGIN
title = escape(sys.argv[2])
print(
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}" '
    f'font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="{SIZE}" xml:space="preserve" role="img">\n'
    f"<title>{title}</title>"
)
print(f'<rect width="100%" height="100%" rx="6" fill="{page}"/>')
print("\n".join(parts))
print("</svg>")
