"""What people fill in, a file or a form, becomes a strict model, and every fault is told with its line."""
