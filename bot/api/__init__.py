"""The API `/v1`: one router a subject."""
