"""Values -> drawings. Each chart is drawn on the server as SVG, so that it is there without script and in print;
the reader who wants to explore gets the same figure as a plotly one, with the same words as text alternative."""
