"""Charts: what they show, as data, and the SVG that screen and paper both print."""
