"""Series: the same goal, indicator or project in several reports of one region, by code and likeness of wording."""
