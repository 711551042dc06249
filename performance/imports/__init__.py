"""Figures that come in: what is pasted and what is uploaded, by one reading."""
