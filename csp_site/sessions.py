"""Sessions in the database, whose keys look as ours do: PostgreSQL refuses to look for a key with a NUL in it."""

from __future__ import annotations

import re

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore

_KEY = re.compile(r"[a-z0-9]{32}", re.ASCII)


class SessionStore(DatabaseSessionStore):
    _kept: tuple[str | None, object] | None = None

    def save(self, must_create: bool = False) -> None:
        """Write the session, unless it is as this very request has written it already, within its transaction."""
        now = (self.session_key, self.serializer().dumps(dict(self.items())))
        if must_create or now != self._kept:
            super().save(must_create)
            self._kept = (self.session_key, now[1])

    def _validate_session_key(self, key: str | None) -> bool:
        return bool(key and _KEY.fullmatch(key))
