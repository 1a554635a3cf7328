"""Whether two numbers that an editor has typed can be the place of a centre."""

# China's corners on land, in degrees, with a little room: from the south of Hainan to Mohe, from Kashgar to Fuyuan.
SOUTH, NORTH = 18.0, 54.0
WEST, EAST = 73.0, 136.0


def in_china(latitude: float, longitude: float) -> bool:
    """Tell whether a place, in degrees, lies within the corners of China."""
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def look_swapped(latitude: float, longitude: float) -> bool:
    """Tell whether the two make a place in China only the other way round."""
    return not in_china(latitude, longitude) and in_china(longitude, latitude)
