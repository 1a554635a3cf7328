"""What the checks find in the editors' pages: reading pages, what they are held against, words for findings."""
