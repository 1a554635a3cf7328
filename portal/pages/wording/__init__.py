"""Words without pages: the text of what was marked up, and how findings of the checks read."""
