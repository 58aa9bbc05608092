"""Staff accounts, the roles they hold in areas, and the answer to has_perm."""
