-- Organizations, with what was done to them, and who changed a profile, more exactly.

CREATE TABLE organizations (
    organization_id text        COLLATE "C" NOT NULL,
    revision        bigint      NOT NULL,
    -- The last change, as in profiles.
    change_id       uuid        NOT NULL,
    changed_fields  text[]      NOT NULL,
    created_at      timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    -- Set while the records of a deleted organization are being removed; then the row goes too.
    deleted_at      timestamptz,
    display_name    text        NOT NULL,
    -- Flat: {"usernames.min_length": 3}. What is not set is not there.
    settings        jsonb       NOT NULL,

    PRIMARY KEY (organization_id)
);

CREATE INDEX organizations_deleted ON organizations (deleted_at) WHERE deleted_at IS NOT NULL;

-- Those that have records already.
INSERT INTO organizations (organization_id, revision, change_id, changed_fields, created_at, changed_at, display_name, settings)
SELECT organization_id, 1, '00000000-0000-0000-0000-000000000000', '{}', min(created_at), min(created_at), '', '{}'
FROM profiles
GROUP BY organization_id;

CREATE TABLE audit_events (
    organization_id text        COLLATE "C" NOT NULL,
    -- A UUID of version 7: ids are in the order of their times.
    event_id        uuid        NOT NULL,
    happened_at     timestamptz NOT NULL,
    action          smallint    NOT NULL,
    resource_id     text        NOT NULL,
    changed_fields  text[]      NOT NULL,
    actor_type      smallint    NOT NULL,
    actor_id        text        NOT NULL,
    credential_id   text,
    http_request_id text,

    PRIMARY KEY (organization_id, event_id)
);

ALTER TABLE profile_changes
    ADD COLUMN credential_id   text,
    ADD COLUMN http_request_id text;
