"""The page that readers see: exporter, template, charts as SVG, and the guard before publication."""
