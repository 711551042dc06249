from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "csp_site"

    def ready(self) -> None:
        from csp_site.security_log import listen  # noqa: PLC0415 (models are there only now)

        listen()
