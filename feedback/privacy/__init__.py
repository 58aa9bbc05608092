"""What is held about whom, how long it stays, and how it is really gone."""
