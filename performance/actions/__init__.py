"""Writes that touch more than a row's own form: atomic, with who and when, and why where it must be said."""
