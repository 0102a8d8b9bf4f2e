"""The use cases of forms, in one place for those who call them; each lives in the module of its subject."""

from portal.intake.builtin import builtin_forms
from portal.intake.service_filling import list_assignments, list_todos, mark_seen, open_sheet, review_sheet
from portal.intake.service_forms import (
    FormListing,
    export_questionnaire,
    import_questionnaire,
    install_builtin_forms,
    list_forms,
)
from portal.intake.service_own_signature import find_own_signature
from portal.intake.service_saving import save_answer
from portal.intake.service_sending import Signers, assign_form, send_form
from portal.intake.service_sent import read_own_sheet
from portal.intake.service_signing import sign_and_submit
from portal.intake.service_staff import list_arrivals, read_sheet

__all__ = [
    "FormListing",
    "Signers",
    "assign_form",
    "builtin_forms",
    "export_questionnaire",
    "find_own_signature",
    "import_questionnaire",
    "install_builtin_forms",
    "list_arrivals",
    "list_assignments",
    "list_forms",
    "list_todos",
    "mark_seen",
    "open_sheet",
    "read_own_sheet",
    "read_sheet",
    "review_sheet",
    "save_answer",
    "send_form",
    "sign_and_submit",
]
