"""How offices may stand below each other. The depth of the tree is data; the order of levels is not."""

LEVELS = ("city", "county", "township", "community")


def may_stand_below(level: str, level_above: str | None) -> bool:
    """Tell whether an office of `level` may stand below one of `level_above` (None: at the top).

    Levels may be skipped (some cities have no streets) and may repeat (a county's bureau stands
    below the county), but never turn round.
    """
    return level_above is None or LEVELS.index(level) >= LEVELS.index(level_above)
