"""How text becomes tokens: one analysis for every engine and for the search of the admin.

``folding`` makes spellings alike, ``tokens`` cuts, ``pinyin`` says how it sounds, ``synonyms`` knows other
names, ``stopwords`` what says little, ``highlighting`` marks in the original what was found. Pure functions:
no Django, no engine, no clock. `VERSION` is part of the name of an index: raise it when tokens change.
"""

VERSION = 2
