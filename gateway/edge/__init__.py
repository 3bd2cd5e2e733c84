"""The edge: the one room of the gateway that knows the HTTP server, waitress. Strangers' bytes in, requests out."""
