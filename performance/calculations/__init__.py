"""The arithmetic that people argue over: plain Python, exact, without a database or a clock."""
