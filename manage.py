#!/usr/bin/env python3
"""Runs Earshot's management commands."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "feedback.config.settings.dev")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import DatabaseError

    from feedback.privacy.programs import at_work, ended_well

    try:
        # What a command does, nobody signed in for: the log says which command it was.
        with at_work(" ".join(sys.argv[1:2])):
            execute_from_command_line(sys.argv)
            ended_well(sys.argv[1:])
    except ImproperlyConfigured as problem:
        # A setting is missing: it says which, and what to do.
        sys.exit(str(problem))
    except DatabaseError:
        from feedback.config.health import database_problem

        # A sentence where the database is not ready; what fails otherwise, or while migrating, says where.
        if "migrate" not in sys.argv and (problem := database_problem()):
            sys.exit(problem)
        raise
