"""Pages that are no Wagtail pages: what stands in other tables, read for everybody."""
