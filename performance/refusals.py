"""An answer that is no fault: what was asked for is not done."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 (not a fault: an answer)
    """What was asked for is not done, and nothing was changed. The message is for the person."""
