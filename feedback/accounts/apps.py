from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the room."""

    name = "feedback.accounts"
    label = "accounts"
    verbose_name = "Staff accounts"

    def ready(self) -> None:
        """Lets Wagtail ask our roles, and not groups, what somebody may do to pages, pictures and documents."""
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from feedback.accounts.rights import PageRights, UploadRights

        register_permission_policy(Page, PageRights(Page))
        # Of these very classes, so that Wagtail's own, which come later, do not take their place.
        for model in (get_image_model(), get_document_model()):
            policy = UploadRights(model, auth_model=model, owner_field_name="uploaded_by_user")
            register_permission_policy(model, policy, exact_class=True)
