"""Wiring only: settings, addresses and start-up checks. Nobody imports it."""
