"""Work that a request leaves behind, so that nobody waits for a mail server. See docs/decisions/0009-mail.md."""
