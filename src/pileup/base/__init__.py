"""What all rooms stand on: paths, the one error that users see, folders put in place whole, processes."""
