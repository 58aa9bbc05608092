from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction

from feedback.config.public_tables import grants, tables_read


class Command(BaseCommand):
    """Lets a database role read what public pages are made of, and takes everything else from it."""

    help = (
        "Gives a role of PostgreSQL the right to read the tables that public pages are made of, and takes every other "
        "right from it. Run it as the owner of the tables, and again after every update. Harmless to run twice."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument("--role", required=True, help="The role, made before with createuser.")
        parser.add_argument("--print", action="store_true", dest="only_print", help="Only say what would be done.")

    def handle(self, *, role: str, only_print: bool, **options) -> None:
        """Does it, all or nothing."""
        if connection.vendor != "postgresql":
            raise CommandError("Only PostgreSQL has roles. Nothing was done.")
        if only_print:
            self.stdout.write("".join(f"{statement};\n" for statement in grants(role)))
            return
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in grants(role):
                    cursor.execute(statement)
        except DatabaseError as problem:
            raise CommandError(f"Nothing was done: {problem}".strip()) from problem
        self.stdout.write(f"{role} may read {len(tables_read())} tables, and nothing else.")
