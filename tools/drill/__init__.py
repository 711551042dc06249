"""What loses data and what does not, tried with many clients at once: `make drill`. See docs/reliability.md."""
