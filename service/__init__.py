"""The service: disk, clock, network, processes and people."""
