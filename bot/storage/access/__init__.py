"""Who may use the service: people, their codes and sessions, programs' keys, and failed attempts."""
