"""Pure rules of the pages: who can apply, when a page is due for another look."""
