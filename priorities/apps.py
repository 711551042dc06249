from django.apps import AppConfig


class PrioritiesConfig(AppConfig):
    """The promises: aims, objectives and priorities of the partnership plan."""

    name = "priorities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from priorities.extensions import register  # noqa: PLC0415 (its models are there only now)

        register()
