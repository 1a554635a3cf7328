"""Pure rules about the tree of offices."""
