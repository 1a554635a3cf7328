"""Audit trail and outbox in one: what happened, who must hear of it, and whether they did."""
