"""The ledger, and what passes between us and the card processor."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = (
    "card_connection",
    "card_customer",
    "processor_event",
    "saved_card",
    "client_fee",
    "payment_attempt",
    "charge",
    "payment",
    "adjustment",
    "attempt_item",
    "charge_state",
    "refund_attempt",
    "refund",
    "allocation",
)


def upgrade() -> None:
    _create_card_connection()
    _create_card_customer()
    _create_processor_event()
    _create_saved_card()
    _create_client_fee()
    _create_payment_attempt()
    _create_charge()
    _create_payment()
    _create_adjustment()
    _create_attempt_item()
    _create_charge_state()
    _create_refund_attempt()
    _create_refund()
    _create_allocation()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_card_connection() -> None:
    op.create_table(
        "card_connection",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("secret_key", sa.LargeBinary(), nullable=True),
        sa.Column("webhook_secret", sa.LargeBinary(), nullable=True),
        sa.Column("account_ref", sa.String(120), nullable=False),
        sa.Column("account_name", sa.String(120), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("connected_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["connected_by"], ["account.id"], name=op.f("fk_card_connection_connected_by")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_card_connection_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_connection")),
        sa.UniqueConstraint("organization_id", name="uq_card_connection_one"),
    )
    op.create_index(op.f("ix_card_connection_organization_id"), "card_connection", ["organization_id"])


def _create_card_customer() -> None:
    op.create_table(
        "card_customer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_ref", sa.String(120), nullable=False),
        sa.Column("ref", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_card_customer_account_id")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_card_customer_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_customer")),
        sa.UniqueConstraint(
            "organization_id",
            "account_id",
            "account_ref",
            name=op.f("uq_card_customer_organization_id_account_id_account_ref"),
        ),
    )
    op.create_index(op.f("ix_card_customer_account_id"), "card_customer", ["account_id"])
    op.create_index(op.f("ix_card_customer_organization_id"), "card_customer", ["organization_id"])


def _create_processor_event() -> None:
    op.create_table(
        "processor_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("event_ref", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("object_ref", sa.String(120), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_processor_event_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processor_event")),
        sa.UniqueConstraint("organization_id", "event_ref", name=op.f("uq_processor_event_organization_id_event_ref")),
    )
    op.create_index("ix_processor_event_open", "processor_event", ["handled_at", "received_at"])
    op.create_index(op.f("ix_processor_event_organization_id"), "processor_event", ["organization_id"])


def _create_saved_card() -> None:
    op.create_table(
        "saved_card",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("account_ref", sa.String(120), nullable=False),
        sa.Column("ref", sa.String(120), nullable=False),
        sa.Column("brand", sa.String(40), nullable=False),
        sa.Column("last4", sa.String(4), nullable=False),
        sa.Column("exp_month", sa.Integer(), nullable=False),
        sa.Column("exp_year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(400), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_card_account_id")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_saved_card_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_card")),
        sa.UniqueConstraint("organization_id", "id", name="uq_saved_card_owned"),
        sa.UniqueConstraint("organization_id", "ref", name=op.f("uq_saved_card_organization_id_ref")),
    )
    op.create_index("ix_saved_card_of_account", "saved_card", ["account_id", "organization_id"])
    op.create_index(op.f("ix_saved_card_organization_id"), "saved_card", ["organization_id"])


def _create_client_fee() -> None:
    op.create_table(
        "client_fee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("cents", sa.Integer(), nullable=False),
        sa.Column("is_copay", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_client_fee_cents")),
        sa.ForeignKeyConstraint(["changed_by"], ["account.id"], name=op.f("fk_client_fee_changed_by")),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_client_fee_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_client_fee_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_fee")),
        sa.UniqueConstraint("client_id", name=op.f("uq_client_fee_client_id")),
    )
    op.create_index(op.f("ix_client_fee_organization_id"), "client_fee", ["organization_id"])


def _create_payment_attempt() -> None:
    op.create_table(
        "payment_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("card_id", sa.Uuid(), nullable=True),
        sa.Column("keeps_card", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(400), nullable=False),
        sa.Column("customer_ref", sa.String(120), nullable=False),
        sa.Column("session_ref", sa.String(120), nullable=False),
        sa.Column("intent_ref", sa.String(120), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.Column("problem", sa.String(60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_payment_attempt_amount")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_payment_attempt_account_id")),
        sa.ForeignKeyConstraint(
            ["organization_id", "card_id"],
            ["saved_card.organization_id", "saved_card.id"],
            name=op.f("fk_payment_attempt_organization_id_card_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_payment_attempt_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_payment_attempt_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_attempt")),
        sa.UniqueConstraint("account_id", "operation_id", name=op.f("uq_payment_attempt_account_id_operation_id")),
        sa.UniqueConstraint("organization_id", "id", name="uq_payment_attempt_owned"),
    )
    op.create_index(op.f("ix_payment_attempt_client_id"), "payment_attempt", ["client_id"])
    op.create_index("ix_payment_attempt_intent", "payment_attempt", ["organization_id", "intent_ref"])
    op.create_index("ix_payment_attempt_open", "payment_attempt", ["status", "checked_at"])
    op.create_index(op.f("ix_payment_attempt_organization_id"), "payment_attempt", ["organization_id"])
    op.create_index("ix_payment_attempt_session", "payment_attempt", ["organization_id", "session_ref"])


def _create_charge() -> None:
    op.create_table(
        "charge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("operation_id", sa.Uuid(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("label", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_charge_amount")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_charge_created_by")),
        sa.ForeignKeyConstraint(
            ["organization_id", "appointment_id"],
            ["appointment.organization_id", "appointment.id"],
            name=op.f("fk_charge_organization_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_charge_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_charge_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge")),
        sa.UniqueConstraint("client_id", "appointment_id", name=op.f("uq_charge_client_id_appointment_id")),
        sa.UniqueConstraint("client_id", "operation_id", name=op.f("uq_charge_client_id_operation_id")),
        sa.UniqueConstraint("organization_id", "id", name="uq_charge_owned"),
    )
    op.create_index(op.f("ix_charge_appointment_id"), "charge", ["appointment_id"])
    op.create_index("ix_charge_of_client", "charge", ["organization_id", "client_id", "on_day", "id"])
    op.create_index(op.f("ix_charge_organization_id"), "charge", ["organization_id"])


def _create_payment() -> None:
    op.create_table(
        "payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("attempt_id", sa.Uuid(), nullable=True),
        sa.Column("operation_id", sa.Uuid(), nullable=True),
        sa.Column("method", sa.String(40), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("intent_ref", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_payment_amount")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_payment_account_id")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_payment_created_by")),
        sa.ForeignKeyConstraint(
            ["organization_id", "attempt_id"],
            ["payment_attempt.organization_id", "payment_attempt.id"],
            name=op.f("fk_payment_organization_id_attempt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_payment_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_payment_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_payment_attempt_id")),
        sa.UniqueConstraint("client_id", "operation_id", name=op.f("uq_payment_client_id_operation_id")),
        sa.UniqueConstraint("organization_id", "id", name="uq_payment_owned"),
    )
    op.create_index("ix_payment_by_month", "payment", ["organization_id", "received_on", "id"])
    op.create_index("ix_payment_of_account", "payment", ["account_id", "created_at", "id"])
    op.create_index("ix_payment_of_client", "payment", ["organization_id", "client_id", "created_at", "id"])
    op.create_index(op.f("ix_payment_organization_id"), "payment", ["organization_id"])


def _create_adjustment() -> None:
    op.create_table(
        "adjustment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_adjustment_amount")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_adjustment_created_by")),
        sa.ForeignKeyConstraint(
            ["organization_id", "charge_id"],
            ["charge.organization_id", "charge.id"],
            name=op.f("fk_adjustment_organization_id_charge_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_adjustment_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_adjustment_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adjustment")),
    )
    op.create_index("ix_adjustment_of_charge", "adjustment", ["charge_id"])
    op.create_index(op.f("ix_adjustment_organization_id"), "adjustment", ["organization_id"])


def _create_attempt_item() -> None:
    op.create_table(
        "attempt_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_attempt_item_amount")),
        sa.ForeignKeyConstraint(
            ["organization_id", "attempt_id"],
            ["payment_attempt.organization_id", "payment_attempt.id"],
            name=op.f("fk_attempt_item_organization_id_attempt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "charge_id"],
            ["charge.organization_id", "charge.id"],
            name=op.f("fk_attempt_item_organization_id_charge_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_attempt_item_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt_item")),
        sa.UniqueConstraint("attempt_id", "charge_id", name=op.f("uq_attempt_item_attempt_id_charge_id")),
    )
    op.create_index("ix_attempt_item_of_charge", "attempt_item", ["charge_id"])
    op.create_index(op.f("ix_attempt_item_organization_id"), "attempt_item", ["organization_id"])


def _create_charge_state() -> None:
    op.create_table(
        "charge_state",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "charge_id"],
            ["charge.organization_id", "charge.id"],
            name=op.f("fk_charge_state_organization_id_charge_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_charge_state_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_charge_state_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge_state")),
        sa.UniqueConstraint("charge_id", name=op.f("uq_charge_state_charge_id")),
    )
    op.create_index("ix_charge_state_open", "charge_state", ["organization_id", "is_open", "client_id"])
    op.create_index(op.f("ix_charge_state_organization_id"), "charge_state", ["organization_id"])


def _create_refund_attempt() -> None:
    op.create_table(
        "refund_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("is_owed_again", sa.Boolean(), nullable=False),
        sa.Column("refund_ref", sa.String(120), nullable=False),
        sa.Column("problem", sa.String(60), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_refund_attempt_amount")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_refund_attempt_account_id")),
        sa.ForeignKeyConstraint(
            ["organization_id", "payment_id"],
            ["payment.organization_id", "payment.id"],
            name=op.f("fk_refund_attempt_organization_id_payment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_refund_attempt_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_attempt")),
        sa.UniqueConstraint("account_id", "operation_id", name=op.f("uq_refund_attempt_account_id_operation_id")),
        sa.UniqueConstraint("organization_id", "id", name="uq_refund_attempt_owned"),
    )
    op.create_index("ix_refund_attempt_of_payment", "refund_attempt", ["payment_id"])
    op.create_index("ix_refund_attempt_open", "refund_attempt", ["status", "checked_at"])
    op.create_index(op.f("ix_refund_attempt_organization_id"), "refund_attempt", ["organization_id"])


def _create_refund() -> None:
    op.create_table(
        "refund",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_refund_amount")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_refund_created_by")),
        sa.ForeignKeyConstraint(
            ["organization_id", "attempt_id"],
            ["refund_attempt.organization_id", "refund_attempt.id"],
            name=op.f("fk_refund_organization_id_attempt_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_refund_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "payment_id"],
            ["payment.organization_id", "payment.id"],
            name=op.f("fk_refund_organization_id_payment_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_refund_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint("attempt_id", name=op.f("uq_refund_attempt_id")),
        sa.UniqueConstraint("organization_id", "id", name="uq_refund_owned"),
    )
    op.create_index("ix_refund_by_month", "refund", ["organization_id", "given_on", "id"])
    op.create_index("ix_refund_of_payment", "refund", ["payment_id"])
    op.create_index(op.f("ix_refund_organization_id"), "refund", ["organization_id"])


def _create_allocation() -> None:
    op.create_table(
        "allocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("charge_id", sa.Uuid(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(amount_cents < 0) = (refund_id IS NOT NULL)", name=op.f("ck_allocation_direction")),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_allocation_amount")),
        sa.ForeignKeyConstraint(
            ["organization_id", "charge_id"],
            ["charge.organization_id", "charge.id"],
            name=op.f("fk_allocation_organization_id_charge_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "payment_id"],
            ["payment.organization_id", "payment.id"],
            name=op.f("fk_allocation_organization_id_payment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "refund_id"],
            ["refund.organization_id", "refund.id"],
            name=op.f("fk_allocation_organization_id_refund_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_allocation_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allocation")),
    )
    op.create_index("ix_allocation_of_charge", "allocation", ["charge_id"])
    op.create_index("ix_allocation_of_payment", "allocation", ["payment_id"])
    op.create_index(op.f("ix_allocation_organization_id"), "allocation", ["organization_id"])
