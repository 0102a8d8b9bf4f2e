"""The command line: `portal --help` lists what there is."""

import typer

from portal.commands import backups, building, database, people, serving
from portal.commands.clients import clients_app
from portal.commands.forms import forms_app

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    help="Portico, the client portal that therapy practices run for themselves.",
)
app.command()(serving.serve)
app.command()(serving.worker)
app.command()(building.build)
app.command()(database.migrate)
app.command()(database.demo)
app.command()(people.create_admin)
app.command()(people.switch_codes_off)
app.command()(database.verify_audit)
app.command()(backups.backup)
app.command()(backups.restore)
app.add_typer(forms_app, name="forms")
app.add_typer(clients_app, name="clients")
