"""Disk, clock, network, processes and people: everything the two pure layers must not touch."""
