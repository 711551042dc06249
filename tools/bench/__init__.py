"""The dashboard against a bare Django view, under one server, in one run. `make bench`."""
