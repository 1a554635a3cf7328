"""The editors' side in the Wagtail admin: checks beside the page, terms, reports, who releases."""
