"""Where the asker is, if the browser told: two numbers in the address, kept nowhere."""

from django import forms


class PlaceForm(forms.Form):
    """lat, lng: WGS-84 degrees, to three places (about 100 m): nearer than that nobody needs to know."""

    lat = forms.FloatField(min_value=-90, max_value=90, required=False)
    lng = forms.FloatField(min_value=-180, max_value=180, required=False)

    @property
    def here(self) -> tuple[float, float] | None:
        """The place, or None where it is missing or makes no sense."""
        if not self.is_valid():
            return None
        found = self.cleaned_data
        if found["lat"] is None or found["lng"] is None:
            return None
        return round(found["lat"], 3), round(found["lng"], 3)
