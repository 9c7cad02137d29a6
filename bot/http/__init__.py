"""What the API and the page share: the running service, who asks, and problems as HTTP tells them."""
