"""The demo: two invented areas, loaded through the same doors that people use. Everything in it is made up."""
