"""What each page shows, read in a few queries whatever the number of rows."""
