"""Pages of the desk: load, ask permission, validate, call one action, answer."""
