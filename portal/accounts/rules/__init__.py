"""Pure rules: the tree of offices, and what a browser says of itself."""
