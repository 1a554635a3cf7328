"""The home page and plain pages are public; see `portal.kernel.personal`."""

from portal.kernel.personal import classify, public

classify("portal_pages.HomePage", public("summary headline"))
classify("portal_pages.StandardPage", public("summary body"))
