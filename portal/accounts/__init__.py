"""People, offices and the roles people hold there."""
