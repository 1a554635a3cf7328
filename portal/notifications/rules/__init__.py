"""What decides about messages without a database: whether one is wanted, and when it goes out."""
