"""Scheduling."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

NO_OVERLAP = """
ALTER TABLE appointment ADD CONSTRAINT appointment_no_overlap EXCLUDE USING gist (
    int4range(chair, chair, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE (status IN ('confirmed', 'kept', 'no_show'))"""


def upgrade() -> None:
    op.create_table(
        "service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("in_person", sa.Boolean(), nullable=False),
        sa.Column("by_video", sa.Boolean(), nullable=False),
        sa.Column("is_bookable", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name=op.f("ck_service_length")),
        sa.CheckConstraint("price_cents >= 0", name=op.f("ck_service_price")),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_service_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
        sa.UniqueConstraint("organization_id", "id", name="uq_service_owned"),
    )
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("chair", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("by_video", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("wall", sa.String(16), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_appointment_order")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_appointment_created_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_appointment_ended_by")),
        sa.ForeignKeyConstraint(
            ["organization_id", "location_id"],
            ["location.organization_id", "location.id"],
            name=op.f("fk_appointment_organization_id_location_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "membership_id"],
            ["membership.organization_id", "membership.id"],
            name=op.f("fk_appointment_organization_id_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "service_id"],
            ["service.organization_id", "service.id"],
            name=op.f("fk_appointment_organization_id_service_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_appointment_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint("organization_id", "id", name="uq_appointment_owned"),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index("ix_appointment_of_practice", ["organization_id", "starts_at"], unique=False)
        batch_op.create_index("ix_appointment_of_therapist", ["membership_id", "starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "hours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("starts", sa.Time(), nullable=True),
        sa.Column("ends", sa.Time(), nullable=True),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("by_video", sa.Boolean(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_hours_days")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_hours_order")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_hours_weekday")),
        sa.ForeignKeyConstraint(
            ["organization_id", "location_id"],
            ["location.organization_id", "location.id"],
            name=op.f("fk_hours_organization_id_location_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "membership_id"],
            ["membership.organization_id", "membership.id"],
            name=op.f("fk_hours_organization_id_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "service_id"],
            ["service.organization_id", "service.id"],
            name=op.f("fk_hours_organization_id_service_id"),
        ),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"], name=op.f("fk_hours_organization_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hours")),
        sa.UniqueConstraint("organization_id", "id", name="uq_hours_owned"),
    )
    with op.batch_alter_table("hours", schema=None) as batch_op:
        batch_op.create_index("ix_hours_of_therapist", ["membership_id", "last_day"], unique=False)
        batch_op.create_index(batch_op.f("ix_hours_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "service_therapist",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "membership_id"],
            ["membership.organization_id", "membership.id"],
            name=op.f("fk_service_therapist_organization_id_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "service_id"],
            ["service.organization_id", "service.id"],
            name=op.f("fk_service_therapist_organization_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_service_therapist_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_therapist")),
        sa.UniqueConstraint("service_id", "membership_id", name=op.f("uq_service_therapist_service_id_membership_id")),
    )
    with op.batch_alter_table("service_therapist", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_therapist_membership_id"), ["membership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_therapist_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "therapist_profile",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("chair", sa.Integer(), nullable=False),
        sa.Column("buffer_minutes", sa.Integer(), nullable=False),
        sa.Column("video_link", sa.String(300), nullable=False),
        sa.CheckConstraint("buffer_minutes BETWEEN 0 AND 120", name=op.f("ck_therapist_profile_buffer")),
        sa.ForeignKeyConstraint(
            ["organization_id", "membership_id"],
            ["membership.organization_id", "membership.id"],
            name=op.f("fk_therapist_profile_organization_id_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_therapist_profile_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_therapist_profile")),
        sa.UniqueConstraint("chair", name=op.f("uq_therapist_profile_chair")),
        sa.UniqueConstraint("membership_id", name=op.f("uq_therapist_profile_membership_id")),
    )
    with op.batch_alter_table("therapist_profile", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_therapist_profile_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "appointment_attendee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "appointment_id"],
            ["appointment.organization_id", "appointment.id"],
            name=op.f("fk_appointment_attendee_organization_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_appointment_attendee_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_appointment_attendee_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_attendee")),
        sa.UniqueConstraint(
            "client_id", "appointment_id", name=op.f("uq_appointment_attendee_client_id_appointment_id")
        ),
    )
    with op.batch_alter_table("appointment_attendee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_attendee_appointment_id"), ["appointment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_attendee_organization_id"), ["organization_id"], unique=False)

    op.create_table(
        "appointment_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("by_video", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("wall", sa.String(16), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("is_move", sa.Boolean(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("previous_starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("previous_ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_appointment_request_order")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_appointment_request_decided_by")),
        sa.ForeignKeyConstraint(
            ["organization_id", "appointment_id"],
            ["appointment.organization_id", "appointment.id"],
            name=op.f("fk_appointment_request_organization_id_appointment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "client_id"],
            ["client.organization_id", "client.id"],
            name=op.f("fk_appointment_request_organization_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "location_id"],
            ["location.organization_id", "location.id"],
            name=op.f("fk_appointment_request_organization_id_location_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "membership_id"],
            ["membership.organization_id", "membership.id"],
            name=op.f("fk_appointment_request_organization_id_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "service_id"],
            ["service.organization_id", "service.id"],
            name=op.f("fk_appointment_request_organization_id_service_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_appointment_request_organization_id")
        ),
        sa.ForeignKeyConstraint(["requested_by"], ["account.id"], name=op.f("fk_appointment_request_requested_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment_request")),
        sa.UniqueConstraint("client_id", "operation_id", name=op.f("uq_appointment_request_client_id_operation_id")),
        sa.UniqueConstraint("organization_id", "id", name="uq_appointment_request_owned"),
    )
    with op.batch_alter_table("appointment_request", schema=None) as batch_op:
        batch_op.create_index("ix_appointment_request_appointment", ["appointment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_request_membership_id"), ["membership_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appointment_request_organization_id"), ["organization_id"], unique=False)
        batch_op.create_index(
            "ix_appointment_request_waiting", ["organization_id", "status", "starts_at"], unique=False
        )

    op.create_table(
        "request_suggestion",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "request_id"],
            ["appointment_request.organization_id", "appointment_request.id"],
            name=op.f("fk_request_suggestion_organization_id_request_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_request_suggestion_organization_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_suggestion")),
        sa.UniqueConstraint("request_id", "starts_at", name=op.f("uq_request_suggestion_request_id_starts_at")),
    )
    with op.batch_alter_table("request_suggestion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_suggestion_organization_id"), ["organization_id"], unique=False)


    if op.get_bind().dialect.name == "postgresql":
        op.execute(NO_OVERLAP)


def downgrade() -> None:
    with op.batch_alter_table("request_suggestion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_request_suggestion_organization_id"))

    op.drop_table("request_suggestion")
    with op.batch_alter_table("appointment_request", schema=None) as batch_op:
        batch_op.drop_index("ix_appointment_request_waiting")
        batch_op.drop_index(batch_op.f("ix_appointment_request_organization_id"))
        batch_op.drop_index(batch_op.f("ix_appointment_request_membership_id"))
        batch_op.drop_index("ix_appointment_request_appointment")

    op.drop_table("appointment_request")
    with op.batch_alter_table("appointment_attendee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_attendee_organization_id"))
        batch_op.drop_index(batch_op.f("ix_appointment_attendee_appointment_id"))

    op.drop_table("appointment_attendee")
    with op.batch_alter_table("therapist_profile", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_therapist_profile_organization_id"))

    op.drop_table("therapist_profile")
    with op.batch_alter_table("service_therapist", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_therapist_organization_id"))
        batch_op.drop_index(batch_op.f("ix_service_therapist_membership_id"))

    op.drop_table("service_therapist")
    with op.batch_alter_table("hours", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hours_organization_id"))
        batch_op.drop_index("ix_hours_of_therapist")

    op.drop_table("hours")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_organization_id"))
        batch_op.drop_index("ix_appointment_of_therapist")
        batch_op.drop_index("ix_appointment_of_practice")

    op.drop_table("appointment")
    with op.batch_alter_table("service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_service_organization_id"))

    op.drop_table("service")
