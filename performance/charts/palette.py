"""The charts' colours where the style sheet cannot reach: in the figures that plotly draws.

Four, told apart by colour-blind readers too, each with 3:1 at least against white.
"""

TARGET = "#0b0c0c"
BASELINE = "#5b6b78"
BARS = {"chart-met": "#12436d", "chart-missed": "#d5602b", "chart-unjudged": "#c5cdd3", "chart-baseline": "#8d9ba6"}
"""The colour of each look that a bar or a column may have."""

POINTS = {
    "chart-point": "#12436d",
    "chart-better": "#0f6b45",
    "chart-worse": "#b3411a",
    "chart-different": "#0b0c0c",
}
"""The colour of a quarter's point: usual, a signal for the better, for the worse, or of neither."""
USUAL = "#d9e3ec"
"""The band within which a quarter says nothing new."""

FONT = {"family": "Inter Variable, Arial, sans-serif", "size": 15, "color": "#0b0c0c"}

LAYOUT = {
    "font": FONT,
    "dragmode": False,  # a finger on the chart scrolls the page
    "modebar": {"color": "#484949", "activecolor": "#0b0c0c", "bgcolor": "#ffffff"},
    "showlegend": False,  # the key stands above the chart, drawn or explored
    "paper_bgcolor": "#ffffff",
    "plot_bgcolor": "#ffffff",
}
"""What the layouts of all figures share."""
