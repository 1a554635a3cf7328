"""What the checks find in the editors' pages: reading pages, and what they are held against."""
