"""The running server: the application of API and page, its limits, headers, logs and workers."""
