"""One module per run mode; see base.py."""
