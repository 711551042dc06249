"""The charts' colours where the style sheet cannot reach: in the figures that plotly draws.

Four, told apart by colour-blind readers too, each with 3:1 at least against white.
"""

ACTUAL = "#12436d"
MISSED = "#b3411a"
TARGET = "#0b0c0c"
BASELINE = "#5b6b78"

FONT = {"family": "Inter Variable, Arial, sans-serif", "size": 15, "color": "#0b0c0c"}

LAYOUT = {
    "font": FONT,
    "showlegend": False,  # the key stands above the chart, drawn or explored
    "paper_bgcolor": "#ffffff",
    "plot_bgcolor": "#ffffff",
}
"""What the layouts of all figures share."""
