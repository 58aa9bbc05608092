"""The sampling frame: areas, services, journey stages, and how many children each holds."""
