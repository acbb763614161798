"""The page that readers see: the exporter, its template, the charts as SVG, and the guard before publication."""
