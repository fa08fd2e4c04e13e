"""The tag that explains a term where it stands."""
