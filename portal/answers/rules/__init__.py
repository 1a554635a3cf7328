"""The desk's rules: plain data in, plain data out; the moment and the calendar are arguments."""
