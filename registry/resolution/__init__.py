"""Who is who: which enterprise a row of a sheet speaks of."""
