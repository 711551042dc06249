"""How a browser is called, for who looks where an account is signed in."""

from __future__ import annotations

from django import template

register = template.Library()


_BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "FxiOS/": "Firefox", "Chrome/": "Chrome", "CriOS/": "Chrome",
    "Safari/": "Safari",
}  # fmt: skip


_SYSTEMS = {
    "iPhone": "an iPhone", "iPad": "an iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "a Mac",
    "Linux": "Linux",
}  # fmt: skip
"""In order of looking: a browser says that it is like those below it too."""


@register.filter
def browser(agent: str) -> str:
    """What a browser says of itself, as its owner would: Chrome on Windows."""
    name = next((name for mark, name in _BROWSERS.items() if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in agent), "")
    return " on ".join(filter(None, (name, system))) or agent[:60] or "not known"
