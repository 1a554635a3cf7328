// Ask the browser where it is only when the person asks for it; the list works without.
const offer = document.querySelector("[data-near-me]");
if (offer && "geolocation" in navigator) {
  const failed = offer.querySelector("[data-near-me-failed]");
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => {
    failed.hidden = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const address = new URL(location.href);
        // Three decimals are about 100 metres: enough to sort by.
        address.searchParams.set("lat", coords.latitude.toFixed(3));
        address.searchParams.set("lng", coords.longitude.toFixed(3));
        location.assign(address);
      },
      () => { failed.hidden = false; },
      { timeout: 10000, maximumAge: 300000 },
    );
  });
}
