"""What the search keeps is a copy of what is public; see `portal.kernel.personal`."""

from portal.kernel.personal import classify, internal, public

classify(
    "search.Entry", public("kind language office title folded body published") | internal("id audience weight position")
)
classify("search.Waiting", internal("document turn"))
classify("search.Suggestion", public("text") | internal("id entry key language weight"))
classify("search.Synonym", internal("id said means"))
