"""Engines: each stores documents and answers plans. `base` says what is asked of every one of them."""
