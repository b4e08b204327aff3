"""The house

Only upward: the way back is the backup made before the upgrade.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "business_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_business_day_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_business_day")),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counters")),
    )
    op.create_table(
        "daily_figures",
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("out_of_order", sa.Integer(), nullable=False),
        sa.Column("occupied", sa.Integer(), nullable=False),
        sa.Column("complimentary", sa.Integer(), nullable=False),
        sa.Column("house_use", sa.Integer(), nullable=False),
        sa.Column("day_use", sa.Integer(), nullable=False),
        sa.Column("walk_ins", sa.Integer(), nullable=False),
        sa.Column("arrivals", sa.Integer(), nullable=False),
        sa.Column("departures", sa.Integer(), nullable=False),
        sa.Column("early_departures", sa.Integer(), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("no_shows", sa.Integer(), nullable=False),
        sa.Column("cancellations", sa.Integer(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("room_revenue", sa.BigInteger(), nullable=False),
        sa.Column("other_revenue", sa.BigInteger(), nullable=False),
        sa.Column("guest_ledger_opening", sa.BigInteger(), nullable=False),
        sa.Column("guest_ledger_debit", sa.BigInteger(), nullable=False),
        sa.Column("guest_ledger_credit", sa.BigInteger(), nullable=False),
        sa.Column("guest_ledger_closing", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("business_date", name=op.f("pk_daily_figures")),
    )
    op.create_table(
        "departments",
        sa.Column(
            "code",
            sa.Enum(
                "front_desk",
                "reservations",
                "housekeeping",
                "service_centre",
                "concierge",
                "operator",
                "restaurants",
                "banquet",
                "salon",
                "engineering",
                "security",
                "assistant_manager",
                "sales",
                "cashier",
                name="department",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_departments")),
    )
    op.create_table(
        "discount_limits",
        sa.Column(
            "role",
            sa.Enum(
                "reservation_clerk",
                "reservation_supervisor",
                "front_desk_agent",
                "shift_leader",
                "assistant_manager",
                "night_auditor",
                "concierge",
                "housekeeping",
                "cashier",
                "department_staff",
                "manager",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "season",
            sa.Enum("peak", "normal", "low", name="seasonkind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.CheckConstraint("percent between 0 and 100", name=op.f("ck_discount_limits_percent")),
        sa.PrimaryKeyConstraint("role", "season", name=op.f("pk_discount_limits")),
    )
    op.create_table(
        "hotel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("languages", sa.String(length=20), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("hold_hour", sa.Integer(), nullable=False),
        sa.Column("check_in_hour", sa.Integer(), nullable=False),
        sa.Column("check_out_hour", sa.Integer(), nullable=False),
        sa.Column("message_hours", sa.Integer(), nullable=False),
        sa.Column("review_confirmations", sa.Boolean(), nullable=False),
        sa.Column("no_show_fee_nights", sa.Integer(), nullable=False),
        sa.Column("breakfast_price", sa.BigInteger(), nullable=False),
        sa.Column("tax_permille", sa.Integer(), nullable=False),
        sa.Column("paper_language", sa.String(length=4), nullable=False),
        sa.Column("revision", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_hotel_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotel")),
    )
    op.create_table(
        "journal",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("seq", name=op.f("uq_journal_seq")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_subject", ["subject"], unique=False)
        batch_op.create_index(
            "ix_journal_unsealed",
            ["id"],
            unique=False,
            sqlite_where=sa.text("seq IS NULL"),
            postgresql_where=sa.text("seq IS NULL"),
        )

    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_head")),
    )
    op.create_table(
        "login_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_hash", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("succeeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempts")),
    )
    with op.batch_alter_table("login_attempts", schema=None) as batch_op:
        batch_op.create_index("ix_login_attempts_address", ["address", "at"], unique=False)
        batch_op.create_index("ix_login_attempts_login", ["login_hash", "at"], unique=False)

    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("lang", sa.String(length=4), nullable=False),
        sa.Column("audience", sa.String(length=16), nullable=False),
        sa.Column("needs", sa.String(length=24), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint(
            "business_date", "code", "lang", "audience", name=op.f("uq_papers_business_date_code_lang_audience")
        ),
    )
    op.create_table(
        "rate_plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("name_zh", sa.String(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "rack",
                "corporate",
                "group",
                "promotion",
                "package",
                name="ratekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("breakfasts", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_plans")),
        sa.UniqueConstraint("code", name=op.f("uq_rate_plans_code")),
    )
    op.create_table(
        "room_types",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("name_zh", sa.String(length=60), nullable=False),
        sa.Column("beds", sa.String(length=12), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("overbooking", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("overbooking >= 0", name=op.f("ck_room_types_overbooking_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_types")),
        sa.UniqueConstraint("code", name=op.f("uq_room_types_code")),
    )
    op.create_table(
        "seasons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("peak", "normal", "low", name="seasonkind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("first", sa.String(length=5), nullable=False),
        sa.Column("last", sa.String(length=5), nullable=False),
        sa.Column("check_out_hour", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seasons")),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
    )
    op.create_table(
        "snapshots",
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("business_date", "name", name=op.f("pk_snapshots")),
    )
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_zh", sa.String(length=60), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "reservation_clerk",
                "reservation_supervisor",
                "front_desk_agent",
                "shift_leader",
                "assistant_manager",
                "night_auditor",
                "concierge",
                "housekeeping",
                "cashier",
                "department_staff",
                "manager",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "department",
            sa.Enum(
                "front_desk",
                "reservations",
                "housekeeping",
                "service_centre",
                "concierge",
                "operator",
                "restaurants",
                "banquet",
                "salon",
                "engineering",
                "security",
                "assistant_manager",
                "sales",
                "cashier",
                name="department",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("theme", sa.String(length=5), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("is_system", sa.Boolean(), nullable=False),
        sa.Column("shortcuts_on", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("password_changed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("login = lower(trim(login))", name=op.f("ck_users_login_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("login", name=op.f("uq_users_login")),
    )
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("company", "agent", name="accountkind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("contact", sa.String(length=80), nullable=False),
        sa.Column("telephone", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["rate_plans.id"], name=op.f("fk_accounts_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("code", name=op.f("uq_accounts_code")),
    )
    op.create_table(
        "audits",
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("held_by", sa.Integer(), nullable=True),
        sa.Column("held_since", sa.DateTime(), nullable=True),
        sa.Column("beat_at", sa.DateTime(), nullable=True),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("unattended", sa.Boolean(), nullable=False),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("journal_head", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["held_by"], ["users.id"], name=op.f("fk_audits_held_by")),
        sa.ForeignKeyConstraint(["started_by"], ["users.id"], name=op.f("fk_audits_started_by")),
        sa.PrimaryKeyConstraint("business_date", name=op.f("pk_audits")),
    )
    with op.batch_alter_table("audits", schema=None) as batch_op:
        batch_op.create_index(
            "ix_audits_unfinished",
            ["business_date"],
            unique=False,
            sqlite_where=sa.text("finished_at IS NULL"),
            postgresql_where=sa.text("finished_at IS NULL"),
        )

    op.create_table(
        "notice_departments",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column(
            "department",
            sa.Enum(
                "front_desk",
                "reservations",
                "housekeeping",
                "service_centre",
                "concierge",
                "operator",
                "restaurants",
                "banquet",
                "salon",
                "engineering",
                "security",
                "assistant_manager",
                "sales",
                "cashier",
                name="department",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_notice_departments_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "department", name=op.f("pk_notice_departments")),
    )
    with op.batch_alter_table("notice_departments", schema=None) as batch_op:
        batch_op.create_index(
            "ix_notice_departments_open",
            ["department", "notice_id"],
            unique=False,
            sqlite_where=sa.text("acknowledged_at IS NULL"),
            postgresql_where=sa.text("acknowledged_at IS NULL"),
        )

    op.create_table(
        "rate_prices",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column(
            "season",
            sa.Enum("peak", "normal", "low", name="seasonkind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("weekday between -1 and 6", name=op.f("ck_rate_prices_weekday")),
        sa.ForeignKeyConstraint(["plan_id"], ["rate_plans.id"], name=op.f("fk_rate_prices_plan_id")),
        sa.ForeignKeyConstraint(["type_id"], ["room_types.id"], name=op.f("fk_rate_prices_type_id")),
        sa.PrimaryKeyConstraint("plan_id", "type_id", "season", "weekday", name=op.f("pk_rate_prices")),
    )
    op.create_table(
        "request_tokens",
        sa.Column("token", sa.String(length=36), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=300), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("headers", sa.Text(), nullable=True),
        sa.Column("flashes", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_request_tokens_user_id")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_request_tokens")),
    )
    with op.batch_alter_table("request_tokens", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_request_tokens_at"), ["at"], unique=False)

    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("view", sa.String(length=12), nullable=False),
        sa.Column("lift_distance", sa.Integer(), nullable=False),
        sa.Column("quiet", sa.Integer(), nullable=False),
        sa.Column("condition", sa.Integer(), nullable=False),
        sa.Column("renovated_on", sa.Date(), nullable=True),
        sa.Column("accessible", sa.Boolean(), nullable=False),
        sa.Column("smoking", sa.Boolean(), nullable=False),
        sa.Column("bath", sa.String(length=8), nullable=False),
        sa.Column("business_floor", sa.Boolean(), nullable=False),
        sa.Column("held_back", sa.String(length=80), nullable=False),
        sa.Column(
            "housekeeping",
            sa.Enum(
                "dirty",
                "cleaning",
                "clean",
                "inspected",
                name="housekeeping",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("housekeeping_since", sa.DateTime(), nullable=True),
        sa.Column("ready_at", sa.DateTime(), nullable=True),
        sa.Column("occupied_by_housekeeping", sa.Boolean(), nullable=True),
        sa.Column("persons_by_housekeeping", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "condition between 0 and 100 and quiet between 0 and 100", name=op.f("ck_rooms_percentages")
        ),
        sa.ForeignKeyConstraint(["type_id"], ["room_types.id"], name=op.f("fk_rooms_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("number", name=op.f("uq_rooms_number")),
    )
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rooms_type_id"), ["type_id"], unique=False)

    op.create_table(
        "type_nights",
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("sold", sa.Integer(), nullable=False),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("extra", sa.Integer(), nullable=False),
        sa.Column("stop_sell", sa.Boolean(), nullable=False),
        sa.Column("minimum_stay", sa.Integer(), nullable=False),
        sa.CheckConstraint("sold >= 0", name=op.f("ck_type_nights_sold_positive")),
        sa.ForeignKeyConstraint(["type_id"], ["room_types.id"], name=op.f("fk_type_nights_type_id")),
        sa.PrimaryKeyConstraint("type_id", "night", name=op.f("pk_type_nights")),
    )
    with op.batch_alter_table("type_nights", schema=None) as batch_op:
        batch_op.create_index("ix_type_nights_night", ["night"], unique=False)

    op.create_table(
        "user_sessions",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_user_sessions_user_id")),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_user_sessions")),
    )
    with op.batch_alter_table("user_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "audit_steps",
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["business_date"], ["audits.business_date"], name=op.f("fk_audit_steps_business_date")),
        sa.PrimaryKeyConstraint("business_date", "step", name=op.f("pk_audit_steps")),
    )
    op.create_table(
        "closures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "out_of_order",
                "out_of_service",
                name="closurekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("remark", sa.String(length=200), nullable=False),
        sa.Column(
            "comes_back_as",
            sa.Enum(
                "dirty",
                "cleaning",
                "clean",
                "inspected",
                name="housekeeping",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("until > first", name=op.f("ck_closures_some_nights")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_closures_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closures")),
    )
    with op.batch_alter_table("closures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closures_room_id"), ["room_id"], unique=False)

    op.create_table(
        "connecting_pairs",
        sa.Column("room_a", sa.Integer(), nullable=False),
        sa.Column("room_b", sa.Integer(), nullable=False),
        sa.CheckConstraint("room_a < room_b", name=op.f("ck_connecting_pairs_ordered")),
        sa.ForeignKeyConstraint(["room_a"], ["rooms.id"], name=op.f("fk_connecting_pairs_room_a")),
        sa.ForeignKeyConstraint(["room_b"], ["rooms.id"], name=op.f("fk_connecting_pairs_room_b")),
        sa.PrimaryKeyConstraint("room_a", "room_b", name=op.f("pk_connecting_pairs")),
    )
    op.create_table(
        "discrepancies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "sleep", "skip", "persons", name="discrepancykind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("housekeeping_persons", sa.Integer(), nullable=True),
        sa.Column("front_office_persons", sa.Integer(), nullable=True),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("found_by", sa.Integer(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_discrepancies_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discrepancies")),
    )
    with op.batch_alter_table("discrepancies", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_discrepancies_business_date"), ["business_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_discrepancies_room_id"), ["room_id"], unique=False)

    op.create_table(
        "guests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("surname", sa.String(length=80), nullable=False),
        sa.Column("given", sa.String(length=80), nullable=False),
        sa.Column("name_zh", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=16), nullable=False),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("nationality", sa.String(length=2), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("telephone", sa.String(length=24), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=True),
        sa.Column("vip_level", sa.Integer(), nullable=False),
        sa.Column("incognito", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("taboo_numbers", sa.String(length=40), nullable=False),
        sa.Column("keep_apart", sa.String(length=16), nullable=False),
        sa.Column("wishes", sa.String(length=200), nullable=False),
        sa.Column("notes", sa.String(length=500), nullable=False),
        sa.Column("search", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_guests_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guests")),
    )
    with op.batch_alter_table("guests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guests_telephone"), ["telephone"], unique=False)

    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_zh", sa.String(length=80), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "tentative",
                "definite",
                "cancelled",
                name="groupstatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "phone",
                "walk_in",
                "web",
                "agent",
                "company",
                "ota",
                "group",
                "conference",
                "wedding",
                "other",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("arrival", sa.Date(), nullable=False),
        sa.Column("departure", sa.Date(), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("eta", sa.String(length=5), nullable=False),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.Column("notes", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_groups_account_id")),
        sa.ForeignKeyConstraint(["leader_id"], ["guests.id"], name=op.f("fk_groups_leader_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["rate_plans.id"], name=op.f("fk_groups_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("code", name=op.f("uq_groups_code")),
    )
    with op.batch_alter_table("groups", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_groups_arrival"), ["arrival"], unique=False)

    op.create_table(
        "guest_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "resident_id",
                "passport",
                "travel_permit",
                "other",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("seen_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["guest_id"], ["guests.id"], name=op.f("fk_guest_documents_guest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_documents")),
    )
    with op.batch_alter_table("guest_documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guest_documents_guest_id"), ["guest_id"], unique=False)

    op.create_table(
        "bookings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("confirmation", sa.String(length=16), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("booked_at", sa.DateTime(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "phone",
                "walk_in",
                "web",
                "agent",
                "company",
                "ota",
                "group",
                "conference",
                "wedding",
                "other",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("market", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column(
            "guarantee",
            sa.Enum(
                "none",
                "deposit",
                "preauthorisation",
                "company",
                "agent",
                "order",
                name="guarantee",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("booker", sa.String(length=80), nullable=False),
        sa.Column("telephone", sa.String(length=24), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("agent_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("notes", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["accounts.id"], name=op.f("fk_bookings_agent_id")),
        sa.ForeignKeyConstraint(["company_id"], ["accounts.id"], name=op.f("fk_bookings_company_id")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_bookings_group_id")),
        sa.ForeignKeyConstraint(["merged_into"], ["bookings.id"], name=op.f("fk_bookings_merged_into")),
        sa.ForeignKeyConstraint(["taken_by"], ["users.id"], name=op.f("fk_bookings_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("confirmation", name=op.f("uq_bookings_confirmation")),
    )
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bookings_booked_on"), ["booked_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_bookings_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bookings_telephone"), ["telephone"], unique=False)

    op.create_table(
        "group_blocks",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("blocked", sa.Integer(), nullable=False),
        sa.Column("picked_up", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("picked_up >= 0 and blocked >= 0", name=op.f("ck_group_blocks_counts")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_group_blocks_group_id")),
        sa.ForeignKeyConstraint(["type_id"], ["room_types.id"], name=op.f("fk_group_blocks_type_id")),
        sa.PrimaryKeyConstraint("group_id", "night", "type_id", name=op.f("pk_group_blocks")),
    )
    op.create_table(
        "stays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "reserved",
                "in_house",
                "checked_out",
                "cancelled",
                "no_show",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "use",
            sa.Enum(
                "paid",
                "complimentary",
                "house_use",
                "day_use",
                name="use",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("arrival", sa.Date(), nullable=False),
        sa.Column("departure", sa.Date(), nullable=False),
        sa.Column("adults", sa.Integer(), nullable=False),
        sa.Column("children", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("assign_type_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("do_not_move", sa.Boolean(), nullable=False),
        sa.Column("do_not_move_why", sa.String(length=120), nullable=False),
        sa.Column("eta", sa.String(length=5), nullable=False),
        sa.Column("early_arrival", sa.Boolean(), nullable=False),
        sa.Column("late_check_out", sa.Boolean(), nullable=False),
        sa.Column("vip_level", sa.Integer(), nullable=False),
        sa.Column("vip_host", sa.String(length=80), nullable=False),
        sa.Column("amenities", sa.String(length=120), nullable=False),
        sa.Column("inspected_by", sa.Integer(), nullable=True),
        sa.Column("inspected_at", sa.DateTime(), nullable=True),
        sa.Column("needs", sa.String(length=120), nullable=False),
        sa.Column("wishes", sa.String(length=200), nullable=False),
        sa.Column("party", sa.String(length=16), nullable=False),
        sa.Column("remarks", sa.String(length=300), nullable=False),
        sa.Column("discount_percent", sa.Integer(), nullable=False),
        sa.Column("discount_approved_by", sa.Integer(), nullable=True),
        sa.Column("checked_in_on", sa.Date(), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(), nullable=True),
        sa.Column("checked_out_on", sa.Date(), nullable=True),
        sa.Column("checked_out_at", sa.DateTime(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("departure >= arrival", name=op.f("ck_stays_dates_in_order")),
        sa.ForeignKeyConstraint(["assign_type_id"], ["room_types.id"], name=op.f("fk_stays_assign_type_id")),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_stays_booking_id")),
        sa.ForeignKeyConstraint(["discount_approved_by"], ["users.id"], name=op.f("fk_stays_discount_approved_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["users.id"], name=op.f("fk_stays_ended_by")),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_stays_group_id")),
        sa.ForeignKeyConstraint(["guest_id"], ["guests.id"], name=op.f("fk_stays_guest_id")),
        sa.ForeignKeyConstraint(["inspected_by"], ["users.id"], name=op.f("fk_stays_inspected_by")),
        sa.ForeignKeyConstraint(["plan_id"], ["rate_plans.id"], name=op.f("fk_stays_plan_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_stays_room_id")),
        sa.ForeignKeyConstraint(["type_id"], ["room_types.id"], name=op.f("fk_stays_type_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stays")),
    )
    with op.batch_alter_table("stays", schema=None) as batch_op:
        batch_op.create_index("ix_stays_arrival", ["arrival", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_stays_booking_id"), ["booking_id"], unique=False)
        batch_op.create_index("ix_stays_checked_in_on", ["checked_in_on"], unique=False)
        batch_op.create_index("ix_stays_checked_out_on", ["checked_out_on"], unique=False)
        batch_op.create_index("ix_stays_departure", ["departure", "status"], unique=False)
        batch_op.create_index("ix_stays_ended_on", ["ended_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_stays_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_stays_guest_id"), ["guest_id"], unique=False)
        batch_op.create_index(
            "ix_stays_in_house",
            ["departure"],
            unique=False,
            sqlite_where=sa.text("status = 'in_house'"),
            postgresql_where=sa.text("status = 'in_house'"),
        )
        batch_op.create_index(batch_op.f("ix_stays_room_id"), ["room_id"], unique=False)
        batch_op.create_index(
            "uq_stays_room_in_house",
            ["room_id"],
            unique=True,
            sqlite_where=sa.text("status = 'in_house'"),
            postgresql_where=sa.text("status = 'in_house'"),
        )

    op.create_table(
        "booking_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=True),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("now_is", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_booking_changes_booking_id")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_booking_changes_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_booking_changes_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_changes")),
    )
    with op.batch_alter_table("booking_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booking_changes_booking_id"), ["booking_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_changes_business_date"), ["business_date"], unique=False)

    op.create_table(
        "due_out_calls",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "leaves",
                "extends",
                "late_check_out",
                "no_answer",
                name="callresult",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_due_out_calls_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_due_out_calls_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_out_calls")),
    )
    with op.batch_alter_table("due_out_calls", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_due_out_calls_stay_id"), ["stay_id"], unique=False)

    op.create_table(
        "extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("old_departure", sa.Date(), nullable=False),
        sa.Column("new_departure", sa.Date(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["users.id"], name=op.f("fk_extensions_approved_by")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_extensions_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_extensions_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    with op.batch_alter_table("extensions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extensions_business_date"), ["business_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_extensions_stay_id"), ["stay_id"], unique=False)

    op.create_table(
        "folios",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_folios_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folios")),
        sa.UniqueConstraint("number", name=op.f("uq_folios_number")),
        sa.UniqueConstraint("stay_id", name=op.f("uq_folios_stay_id")),
    )
    with op.batch_alter_table("folios", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_folios_closed_on"), ["closed_on"], unique=False)

    op.create_table(
        "key_cards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("valid_until", sa.DateTime(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("void_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_key_cards_room_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_key_cards_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_cards")),
    )
    with op.batch_alter_table("key_cards", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_key_cards_stay_id"), ["stay_id"], unique=False)

    op.create_table(
        "luggage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=True),
        sa.Column("depositor", sa.String(length=80), nullable=False),
        sa.Column("depositor_search", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=40), nullable=False),
        sa.Column("room_number", sa.String(length=8), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("shelf", sa.String(length=12), nullable=False),
        sa.Column("collector", sa.String(length=80), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("stored_at", sa.DateTime(), nullable=False),
        sa.Column("stored_on", sa.Date(), nullable=False),
        sa.Column("stored_by", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("released_to", sa.String(length=80), nullable=False),
        sa.Column("proof", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_luggage_some_pieces")),
        sa.ForeignKeyConstraint(["released_by"], ["users.id"], name=op.f("fk_luggage_released_by")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_luggage_stay_id")),
        sa.ForeignKeyConstraint(["stored_by"], ["users.id"], name=op.f("fk_luggage_stored_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_luggage")),
        sa.UniqueConstraint("code", name=op.f("uq_luggage_code")),
        sa.UniqueConstraint("tag", name=op.f("uq_luggage_tag")),
    )
    with op.batch_alter_table("luggage", schema=None) as batch_op:
        batch_op.create_index(
            "ix_luggage_held",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_luggage_stay_id"), ["stay_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_luggage_stored_on"), ["stored_on"], unique=False)

    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=True),
        sa.Column("caller", sa.String(length=80), nullable=False),
        sa.Column("caller_contact", sa.String(length=60), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("wants", sa.String(length=20), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "on_rack",
                "delivered",
                "cancelled",
                "taken_off",
                name="messagestatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("taken_by", sa.Integer(), nullable=False),
        sa.Column("off_rack_at", sa.DateTime(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ended_by"], ["users.id"], name=op.f("fk_messages_ended_by")),
        sa.ForeignKeyConstraint(["guest_id"], ["guests.id"], name=op.f("fk_messages_guest_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_messages_stay_id")),
        sa.ForeignKeyConstraint(["taken_by"], ["users.id"], name=op.f("fk_messages_taken_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("number", name=op.f("uq_messages_number")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_messages_guest_id"), ["guest_id"], unique=False)
        batch_op.create_index("ix_messages_status", ["status", "off_rack_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_stay_id"), ["stay_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_messages_taken_on"), ["taken_on"], unique=False)

    op.create_table(
        "preauthorisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_preauthorisations_by_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_preauthorisations_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preauthorisations")),
    )
    with op.batch_alter_table("preauthorisations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_preauthorisations_stay_id"), ["stay_id"], unique=False)

    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("visa", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_registrations_by_id")),
        sa.ForeignKeyConstraint(["document_id"], ["guest_documents.id"], name=op.f("fk_registrations_document_id")),
        sa.ForeignKeyConstraint(["guest_id"], ["guests.id"], name=op.f("fk_registrations_guest_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_registrations_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
        sa.UniqueConstraint("stay_id", "guest_id", name=op.f("uq_registrations_stay_id_guest_id")),
    )
    with op.batch_alter_table("registrations", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registrations_stay_id"), ["stay_id"], unique=False)
        batch_op.create_index(
            "ix_registrations_unsent",
            ["at"],
            unique=False,
            sqlite_where=sa.text("sent_at IS NULL"),
            postgresql_where=sa.text("sent_at IS NULL"),
        )

    op.create_table(
        "room_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("from_room_id", sa.Integer(), nullable=False),
        sa.Column("to_room_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("asked_by_house", sa.Boolean(), nullable=False),
        sa.Column("consent", sa.String(length=120), nullable=False),
        sa.Column("rate_effect", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_room_moves_by_id")),
        sa.ForeignKeyConstraint(["from_room_id"], ["rooms.id"], name=op.f("fk_room_moves_from_room_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_room_moves_stay_id")),
        sa.ForeignKeyConstraint(["to_room_id"], ["rooms.id"], name=op.f("fk_room_moves_to_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_moves")),
    )
    with op.batch_alter_table("room_moves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_moves_business_date"), ["business_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_room_moves_stay_id"), ["stay_id"], unique=False)

    op.create_table(
        "room_nights",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=True),
        sa.Column("closure_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(stay_id IS NULL) <> (closure_id IS NULL)", name=op.f("ck_room_nights_one_occupant")),
        sa.ForeignKeyConstraint(["closure_id"], ["closures.id"], name=op.f("fk_room_nights_closure_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_room_nights_room_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_room_nights_stay_id")),
        sa.PrimaryKeyConstraint("room_id", "night", name=op.f("pk_room_nights")),
    )
    with op.batch_alter_table("room_nights", schema=None) as batch_op:
        batch_op.create_index("ix_room_nights_closure_id", ["closure_id"], unique=False)
        batch_op.create_index("ix_room_nights_night", ["night"], unique=False)
        batch_op.create_index("ix_room_nights_stay_id", ["stay_id", "night"], unique=True)

    op.create_table(
        "stay_guests",
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("guest_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["guest_id"], ["guests.id"], name=op.f("fk_stay_guests_guest_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_stay_guests_stay_id")),
        sa.PrimaryKeyConstraint("stay_id", "guest_id", name=op.f("pk_stay_guests")),
    )
    op.create_table(
        "stay_nights",
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_stay_nights_stay_id")),
        sa.ForeignKeyConstraint(["type_id"], ["room_types.id"], name=op.f("fk_stay_nights_type_id")),
        sa.PrimaryKeyConstraint("stay_id", "night", name=op.f("pk_stay_nights")),
    )
    with op.batch_alter_table("stay_nights", schema=None) as batch_op:
        batch_op.create_index("ix_stay_nights_night", ["night", "stay_id", "price"], unique=False)

    op.create_table(
        "vouchers",
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["issued_by"], ["users.id"], name=op.f("fk_vouchers_issued_by")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_vouchers_stay_id")),
        sa.PrimaryKeyConstraint("stay_id", "day", name=op.f("pk_vouchers")),
    )
    with op.batch_alter_table("vouchers", schema=None) as batch_op:
        batch_op.create_index("ix_vouchers_day", ["day"], unique=False)

    op.create_table(
        "postings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("folio_id", sa.Integer(), nullable=False),
        sa.Column("stay_id", sa.Integer(), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "room",
                "package",
                "tax",
                "no_show_fee",
                "cancellation_fee",
                "day_use",
                "food",
                "laundry",
                "telephone",
                "other",
                "payment",
                "deposit",
                "refund",
                "transfer",
                name="postingkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "cash",
                "card",
                "mobile",
                "transfer",
                "account",
                name="paymentmethod",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("night", sa.Date(), nullable=True),
        sa.Column("audit_kind", sa.String(length=24), nullable=True),
        sa.Column("reverses_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.CheckConstraint("amount <> 0 OR audit_kind IS NOT NULL", name=op.f("ck_postings_not_empty")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_postings_by_id")),
        sa.ForeignKeyConstraint(["folio_id"], ["folios.id"], name=op.f("fk_postings_folio_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["postings.id"], name=op.f("fk_postings_reverses_id")),
        sa.ForeignKeyConstraint(["stay_id"], ["stays.id"], name=op.f("fk_postings_stay_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_postings")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_postings_reverses_id")),
        sa.UniqueConstraint("stay_id", "business_date", "audit_kind", name="uq_postings_audit"),
    )
    with op.batch_alter_table("postings", schema=None) as batch_op:
        batch_op.create_index("ix_postings_business_date", ["business_date", "kind"], unique=False)
        batch_op.create_index(
            "ix_postings_city_ledger",
            ["business_date", "amount"],
            unique=False,
            sqlite_where=sa.text("kind = 'transfer'"),
            postgresql_where=sa.text("kind = 'transfer'"),
        )
        batch_op.create_index(batch_op.f("ix_postings_folio_id"), ["folio_id"], unique=False)
