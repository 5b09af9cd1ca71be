"""The screenshots of the guides, made anew from the demo (make guide)."""
