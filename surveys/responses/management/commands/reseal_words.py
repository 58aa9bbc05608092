from django.core.management.base import BaseCommand, CommandError

from surveys.responses.keys_in_use import give_up, let_go, note_key, what_is_missing
from surveys.responses.resealing import Resealed, keys_of, not_under_the_newest, reseal_column, sealed_columns
from surveys.responses.words_keys import key_ids


class Command(BaseCommand):
    """Seals every word anew under the newest key."""

    # It says itself what is wrong with the keys, and a key that is lost must not keep it from being given up.
    requires_system_checks = []
    help = (
        "Seals every word, drawing and note that is not under the newest of EARSHOT_WORDS_KEYS anew, in batches, while "
        "the site goes on. Harmless to run twice, and to stop at any moment: run it again. Afterwards prove_words says "
        "whether an old key can go."
    )

    def add_arguments(self, parser) -> None:
        """The options of the command."""
        parser.add_argument(
            "--give-up", metavar="KEY-ID", help="a key that is lost for ever: what is under it is never read again"
        )

    def handle(self, *, give_up: str | None, **options) -> None:
        """Does it, and says of each column how many; never what stands there."""
        if give_up:
            self._give_up(give_up)
        if problem := what_is_missing():
            raise CommandError(f"Nothing was sealed anew. {problem}")
        note_key()
        unopened = sum([self._seal(column) for column in sealed_columns()])
        gone = let_go(keys_of(sealed_columns()))
        for key in gone:
            self.stdout.write(f"No row is under {key} any more. Run prove_words before you take that key away.")
        if unopened:
            raise CommandError(
                f"{unopened} rows were left as they are, because no present key opens them. prove_words says where."
            )

    def _give_up(self, key_id: str) -> None:
        if key_id in key_ids():
            raise CommandError(f"{key_id} is among EARSHOT_WORDS_KEYS, so it is not lost. Nothing was given up.")
        if not give_up(key_id):
            raise CommandError(f"Nothing here is known to be under {key_id}. Nothing was given up.")
        self.stdout.write(f"{key_id} was given up: the site starts without it, and what is under it stays closed.")

    def _seal(self, column) -> int:
        done = Resealed()
        while not_under_the_newest(column) > done.unopened:
            done = reseal_column(column, done)
        self.stdout.write(f"{done.resealed} sealed anew: {column}.")
        return done.unopened
