"""Tags that draw numbers, icons and charts."""
