"""Small figures as SVG: a line, a bar, columns; drawn without a library and styled by the page's CSS."""

from collections.abc import Sequence
from itertools import accumulate

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_PAD = 3  # pixels kept free, so that the last point's dot is whole


def bar(count: int, of: int) -> SafeString:
    """Return a bar that is `count` of `of` long; the figure itself stands beside it in words."""
    width = round(100 * min(count, of) / of, 1) if of > 0 else 0
    drawn = '<svg viewBox="0 0 100 6" preserveAspectRatio="none" focusable="false"><rect width="{}" height="6"/></svg>'
    return format_html(drawn, width)


def spark(values: Sequence[float], label: str, width: int = 120, height: int = 32) -> SafeString:
    """Return a line through `values`, oldest first, with a dot on the last; `label` says it in words.

    Fewer than two values make no line: then nothing is drawn.
    """
    if len(values) < 2:  # a line needs two ends
        return SafeString()
    low, high = min(values), max(values)
    rise = (high - low) or 1.0
    step = (width - 2 * _PAD) / (len(values) - 1)
    points = [
        (round(_PAD + index * step, 1), round(height - _PAD - (value - low) / rise * (height - 2 * _PAD), 1))
        for index, value in enumerate(values)
    ]
    return format_html(
        '<svg class="spark" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="2.5"/></svg>',
        label,
        width,
        height,
        width,
        height,
        format_html_join(" ", "{},{}", points),
        *points[-1],
    )


def split_bar(counts: Sequence[int], kinds: Sequence[str], width: int = 160, height: int = 10) -> SafeString:
    """Return a bar whose parts (`is-<kind>`) are as long as their share of all; nothing for nothing.

    It is decoration: the figures stand beside it.
    """
    whole = sum(counts)
    if not whole:
        return SafeString()
    places = accumulate((count / whole * width for count in counts), initial=0.0)
    parts = [
        (kind, round(start, 1), round(count / whole * width, 1), height)
        for kind, start, count in zip(kinds, places, counts, strict=False)
        if count
    ]
    return format_html(
        '<svg class="fates" aria-hidden="true" viewBox="0 0 {} {}" preserveAspectRatio="none">{}</svg>',
        width,
        height,
        format_html_join("", '<rect class="is-{}" x="{}" y="0" width="{}" height="{}"/>', parts),
    )


_COLUMN, _GAP, _HIGH, _WORD = 40, 16, 120, 20  # units of the drawing: a column, the air beside it, its height, a word


def columns(months: Sequence[tuple[str, Sequence[int]]], kinds: Sequence[str], label: str) -> SafeString:
    """Return a stack of parts (`is-<kind>`, the first at the bottom) for each of the named months.

    The tallest reaches the top; a part says how many it is of where there is room for it.
    """
    most = max((sum(counts) for _name, counts in months), default=0) or 1
    width = len(months) * (_COLUMN + _GAP)
    drawn = [
        _stack(place * (_COLUMN + _GAP) + _GAP / 2, name, counts, kinds, most)
        for place, (name, counts) in enumerate(months)
    ]
    return format_html(
        '<svg class="fates is-columns" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">{}'
        '<line x1="0" x2="{}" y1="{}" y2="{}"/></svg>',
        label,
        width,
        _HIGH + 2 * _WORD,
        width,
        _HIGH + 2 * _WORD,
        format_html_join("", "{}", ((stack,) for stack in drawn)),
        width,
        _HIGH + _WORD,
        _HIGH + _WORD,
    )


def _stack(left: float, name: str, counts: Sequence[int], kinds: Sequence[str], most: int) -> SafeString:
    heights = [count / most * _HIGH for count in counts]
    floors = [_HIGH + _WORD - top for top in accumulate(heights)]
    parts = [
        (kind, left, round(floor, 1), _COLUMN, round(height, 1))
        for kind, floor, height in zip(kinds, floors, heights, strict=False)
        if height
    ]
    middle = left + _COLUMN / 2
    told = [
        (middle, round(floor + height / 2 + 4, 1), count)
        for floor, height, count in zip(floors, heights, counts, strict=True)
        if height >= _WORD
    ]
    return format_html(
        '{}{}<text class="fates-name" x="{}" y="{}">{}</text>',
        format_html_join("", '<rect class="is-{}" x="{}" y="{}" width="{}" height="{}"/>', parts),
        format_html_join("", '<text class="fates-count" x="{}" y="{}">{}</text>', told),
        middle,
        _HIGH + 2 * _WORD - 4,
        name,
    )


_SUM = 72  # units of the drawing: a column with its sum in words


def ups_and_downs(months: Sequence[tuple[str, float, str]], label: str) -> SafeString:
    """Return a column for each of the named months, up (`is-good`) or down (`is-bad`) from a line, with its sum.

    Each is (name, how much, that in words; empty for a month of which there is nothing to tell).
    """
    values = [value for _name, value, _told in months]
    high, low = max(0.0, *values), min(0.0, *values)
    scale = _HIGH / ((high - low) or 1.0)
    zero = round(_WORD + high * scale, 1)
    whole = _HIGH + 3 * _WORD
    drawn = [
        _sum(place * _SUM, value * scale, zero, told, name, whole) for place, (name, value, told) in enumerate(months)
    ]
    return format_html(
        '<svg class="fates is-columns" role="img" aria-label="{}" width="{}" height="{}" viewBox="0 0 {} {}">{}'
        '<line x1="0" x2="{}" y1="{}" y2="{}"/></svg>',
        label,
        len(months) * _SUM,
        whole,
        len(months) * _SUM,
        whole,
        format_html_join("", "{}", ((one,) for one in drawn)),
        len(months) * _SUM,
        zero,
        zero,
    )


def _sum(left: float, rise: float, zero: float, told: str, name: str, whole: int) -> SafeString:
    middle, top = left + _SUM / 2, round(zero - max(rise, 0), 1)
    return format_html(
        '<rect class="is-{}" x="{}" y="{}" width="{}" height="{}"/><text class="fates-sum" x="{}" y="{}">{}</text>'
        '<text class="fates-name" x="{}" y="{}">{}</text>',
        "good" if rise >= 0 else "bad",
        middle - _COLUMN / 2,
        top,
        _COLUMN,
        round(abs(rise), 1),
        middle,
        top - 5 if rise >= 0 else round(zero - rise + 14, 1),
        told,
        middle,
        whole - 4,
        name,
    )


def balance(
    points: Sequence[tuple[float, float]], label: str, *, start: float = 0.0, width: int = 560, height: int = 120
) -> SafeString:
    """Return a line that steps from `start` through `points` (when, how much; in order), filled above and below zero.

    `label` says it in words. No points draw nothing.
    """
    if not points:
        return SafeString()
    begins, lasts = points[0][0], (points[-1][0] - points[0][0]) or 1.0
    values = [value for _when, value in points]
    low, high = min(0.0, start, *values), max(0.0, start, *values)
    rise = (high - low) or 1.0

    def across(when: float) -> float:
        return round(_PAD + (when - begins) / lasts * (width - 4 * _PAD), 1)

    def up(value: float) -> float:
        return round(height - _PAD - (value - low) / rise * (height - 2 * _PAD), 1)

    def steps(least: float, most: float) -> str:
        kept = [(across(when), up(min(max(value, least), most))) for when, value in points]
        drawn = "".join(f"H{x}V{y}" for x, y in kept)
        return f"M0 {up(min(max(start, least), most))}{drawn}H{width - _PAD}"

    zero = up(0.0)
    return format_html(
        '<svg class="balance" role="img" aria-label="{}" viewBox="0 0 {} {}">'
        '<path class="is-good" d="{}V{}H0Z"/><path class="is-bad" d="{}V{}H0Z"/>'
        '<line x1="0" x2="{}" y1="{}" y2="{}"/><path class="is-line" d="{}"/><circle cx="{}" cy="{}" r="2.5"/></svg>',
        label,
        width,
        height,
        steps(0.0, high),
        zero,
        steps(low, 0.0),
        zero,
        width,
        zero,
        zero,
        steps(low, high),
        width - _PAD,
        up(values[-1]),
    )
