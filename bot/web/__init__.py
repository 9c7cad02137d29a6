"""The page: server-rendered HTML over the same assistant and records as the API."""
