"""What staff type about the calendar."""
