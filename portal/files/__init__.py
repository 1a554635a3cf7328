"""Private uploads: checked by content, stored outside the media root, served after asking."""
