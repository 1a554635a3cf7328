"""The forms of the public pages; all of them are GET forms, so that their results have an address."""
