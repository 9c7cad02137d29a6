"""Who may do what: scopes, callers, the choice of open or restricted, limits, and the commands for people and keys."""
