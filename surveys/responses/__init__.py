"""The vault: what respondents answered, as they answered it. Three rooms may enter."""
