"""Open data: what is published, as JSON with stable ids and as CSV. Apps register their datasets; this one knows none."""
