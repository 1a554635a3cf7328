"""Notices: in the inbox, by e-mail, by SMS; each goes out once per event, recipient and channel."""
