from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from surveys.responses.keys_in_use import note_keys
from surveys.responses.resealing import Proof, keys_of, prove_column, sealed_columns
from surveys.responses.words_keys import key_ids


class Command(BaseCommand):
    """Proves that everything that is sealed opens."""

    # It says itself what is wrong with the keys.
    requires_system_checks = []
    help = (
        "Opens every row of every sealed column with the present keys, and says how many are under which key. Never "
        "prints what stands there. Exits with 1 if any does not open. A key that no row is under can be taken away."
    )

    def handle(self, **options) -> None:
        """Does it, and says how many."""
        proofs = [self._prove(column) for column in sealed_columns()]
        in_use = keys_of(sealed_columns())
        note_keys(in_use)
        self._say_which_keys_are_needed(proofs, in_use)
        if unopened := sum(sum(proof.unopened.values()) for proof in proofs):
            raise CommandError(
                f"{unopened} rows do not open. Put back the keys that are named above; if they are all there, the rows "
                "were damaged: look into a backup. See “The keys of the words” in docs/how-to/administrator.md."
            )

    def _prove(self, column) -> Proof:
        proof = prove_column(column)
        for key, rows in sorted(proof.opened.items()):
            self.stdout.write(f"{rows} open under {key}: {proof.column}.")
        for key, rows in sorted(proof.unopened.items()):
            self.stdout.write(f"{rows} DO NOT OPEN, {key}: {proof.column}.")
        return proof

    def _say_which_keys_are_needed(self, proofs: list[Proof], in_use: set[str]) -> None:
        opened = sum((Counter(proof.opened) for proof in proofs), Counter())
        self.stdout.write(f"{sum(opened.values())} open.")
        for number, key in enumerate(key_ids()):
            if number and key not in in_use:
                self.stdout.write(f"No row needs {key}: that key can be taken away.")
