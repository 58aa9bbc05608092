"""Every input of a respondent, fuzzed in this process: `python -m tests.fuzz --cases 200000`.

No reply may be a server's error, nothing may be half stored, and no log and no address may hold what was sent.
"""
