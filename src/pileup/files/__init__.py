"""A file or a form that people fill in becomes a strict model, and every fault is told with its line."""
