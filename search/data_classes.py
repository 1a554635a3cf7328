"""What the search keeps is a copy of what is public, and counts that are about nobody; see `portal.kernel.personal`."""

from portal.kernel.personal import PERSONAL, Subject, classify, internal, public

classify(
    "search.Entry", public("kind language office title folded body published") | internal("id audience weight position")
)
classify("search.Waiting", internal("document turn"))
classify("search.Comparison", internal("day differed"))
classify("search.Suggestion", public("text") | internal("id entry key language weight"))
classify("search.Synonym", internal("id said means"))
classify("search.QueryText", internal("id week language people"))
classify(
    "search.QueryText",
    {"words": PERSONAL, "cells": PERSONAL},
    subject=Subject.VISITOR,
    why="to find what residents look for in vain; no number, no address, shown to nobody before five have typed it",
    until="the end of the week; words that five have typed, SEARCH_COUNTS_KEPT_DAYS",
)
classify("search.QueryCount", internal("id query day searches in_vain loosely"))
classify("search.BlockedWord", internal("id word reason"))
classify("search.Promotion", internal("id said language since until"))
classify("search.PromotedResult", internal("id promotion sort_order entry title address"))
# Asked by five people or more, so nobody's any more.
classify("search.PopularQuery", public("words") | internal("id key language searches"))
