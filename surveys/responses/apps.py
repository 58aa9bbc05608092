from importlib import import_module

from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    """Registers the room, and asks at every start whether the keys of its words are there."""

    name = "surveys.responses"
    label = "responses"
    verbose_name = "Responses"

    def import_models(self) -> None:
        """Knows what stands in files of its own: letters, what gets in the way, talks, what was answered together."""
        super().import_models()
        import_module("surveys.responses.letters")
        import_module("surveys.responses.blockages")
        import_module("surveys.responses.talks")
        import_module("surveys.responses.together")

    def ready(self) -> None:
        """From now on nothing starts with keys that are not those of the database."""
        from django.core.checks import register
        from django.db.models.signals import post_migrate

        from surveys.responses import keys_in_use

        register(keys_in_use.keys_fit_the_database)
        post_migrate.connect(keys_in_use.note_key_of_a_new_database, sender=self)
