"""The screenshots of the accountants' guide, made anew from the demo's drafts (make guide)."""
