from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """The numbers: who counts what, from which baseline, towards which target, with what result."""

    name = "performance"
    default_auto_field = "django.db.models.BigAutoField"
