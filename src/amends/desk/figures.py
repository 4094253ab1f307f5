"""Small figures as SVG: a line of a few values, drawn without a library and styled by the page's CSS."""

from collections.abc import Sequence

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
