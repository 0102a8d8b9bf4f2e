"""The floor's own Reflex project: the same plugins as the portal, and nothing else."""

import reflex as rx

config = rx.Config(
    app_name="floor",
    plugins=[rx.plugins.TailwindV4Plugin()],
    frontend_compression_formats=["brotli", "gzip"],
    show_built_with_reflex=False,
    telemetry_enabled=False,
)
