"""How Reflex builds and runs the portal. What differs between installations comes from portal.config."""

import os

os.environ.setdefault("REFLEX_USE_NPM", "1")
os.environ.setdefault("REFLEX_TELEMETRY_ENABLED", "false")
os.environ.setdefault("REFLEX_CHECK_LATEST_VERSION", "false")
os.environ.setdefault("GRANIAN_WORKERS", "1")
os.environ.setdefault("REFLEX_SOCKET_INTERVAL", "15")
os.environ.setdefault("REFLEX_SOCKET_TIMEOUT", "10")

import reflex as rx

from portal.config import config as portal_config
from portal.http.origin import allowed_origins
from portal.ui.theme import tailwind

settings = portal_config()

config = rx.Config(
    app_name="portal",
    app_module_import="portal.portal",
    api_url=settings.origin,
    deploy_url=settings.origin,
    backend_port=settings.port,
    cors_allowed_origins=list(allowed_origins(settings)),
    redis_url=settings.redis_url.get_secret_value() or None,
    state_manager_mode="redis" if settings.redis_url.get_secret_value() else "memory",
    telemetry_enabled=False,
    show_built_with_reflex=False,
    frontend_compression_formats=["brotli", "gzip"],
    plugins=[rx.plugins.TailwindV4Plugin(tailwind())],
    disable_plugins=[rx.plugins.SitemapPlugin],
)
