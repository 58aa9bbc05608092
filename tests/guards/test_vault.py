"""No record outside the vault points into it; the link is a key that can be erased."""

from django.apps import apps

from feedback.privacy.inventory import our_models

MAY_POINT = {"responses"}


def test_no_relation_leads_into_the_vault():
    for model in our_models():
        if model._meta.app_label not in MAY_POINT:
            for field in model._meta.get_fields():
                related = getattr(field, "related_model", None)
                assert not (related and related._meta.app_label == "responses"), f"{model.__name__}.{field.name}"


def test_nothing_can_be_reached_from_the_frame_backwards():
    """related_name="+" on every foreign key of the vault, so that no query walks into it from outside."""
    for model in apps.get_app_config("responses").get_models():
        for field in model._meta.get_fields():
            if field.is_relation:
                assert field.remote_field.hidden, f"{model.__name__}.{field.name} needs related_name='+'"


# Made by staff, whose steps have an order.
STEPS_OF_STAFF = {"ConcernState", "ContactState", "ClosedQuarter", "Duty"}


def test_no_id_tells_who_answered_after_whom():
    for label in ("responses", "anonymisation", "safeguarding"):
        for model in apps.get_app_config(label).get_models():
            if model.__name__ not in STEPS_OF_STAFF:
                assert "AutoField" not in model._meta.pk.get_internal_type(), f"{model.__name__} counts up."


# Its row is gone as soon as somebody has looked (decision 38); until then it must know whom to call when.
GONE_ONCE_LOOKED_AT = {"Alarm"}


def test_no_time_finer_than_a_day_is_kept_about_respondents():
    for label in ("responses", "anonymisation", "safeguarding", "releases"):
        for model in apps.get_app_config(label).get_models():
            if model.__name__ in GONE_ONCE_LOOKED_AT:
                continue
            for field in model._meta.fields:
                assert field.get_internal_type() not in {"DateTimeField", "TimeField"}, f"{model.__name__}.{field.name}"
