-- API keys and signed applications. A request brings a key before anybody knows its organization, so each kind has a directory
-- that begins with what requests bring: api_key_hashes and application_keys. See decision 9.

CREATE TABLE api_keys (
    organization_id text        COLLATE "C" NOT NULL,
    -- A UUID of version 7: ids are in the order of creation.
    key_id          uuid        NOT NULL,
    -- The last change, as in profiles.
    change_id       uuid        NOT NULL,
    created_at      timestamptz NOT NULL,
    display_name    text        NOT NULL,
    key_type        smallint    NOT NULL,
    user_id         text        COLLATE "C",
    permissions     text[]      NOT NULL,
    rate_limits     jsonb,
    -- The first characters of the key.
    prefix          text        NOT NULL,
    expires_at      timestamptz,
    revoked_at      timestamptz,
    last_used_at    timestamptz,

    PRIMARY KEY (organization_id, key_id)
) WITH (fillfactor = 80); -- room for the next last_used_at

-- Rows stay when a key ends, so that a text that was ever valid can never be imported again.
CREATE TABLE api_key_hashes (
    -- SHA-256 of the text.
    key_hash        bytea       NOT NULL,
    organization_id text        COLLATE "C" NOT NULL,
    key_id          uuid        NOT NULL,
    -- Null for the newest text of a key.
    valid_until     timestamptz,

    PRIMARY KEY (key_hash)
);

CREATE INDEX api_key_hashes_by_key ON api_key_hashes (organization_id, key_id);

CREATE TABLE applications (
    organization_id   text        COLLATE "C" NOT NULL,
    application_id    uuid        NOT NULL,
    change_id         uuid        NOT NULL,
    created_at        timestamptz NOT NULL,
    display_name      text        NOT NULL,
    app_key           text        COLLATE "C" NOT NULL,
    permissions       text[]      NOT NULL,
    rate_limits       jsonb,
    freshness_seconds integer,
    refuse_replays    boolean     NOT NULL,
    revoked_at        timestamptz,

    PRIMARY KEY (organization_id, application_id)
);

CREATE TABLE application_keys (
    app_key         text COLLATE "C" NOT NULL,
    organization_id text COLLATE "C" NOT NULL,
    application_id  uuid NOT NULL,

    PRIMARY KEY (app_key)
);

CREATE INDEX application_keys_by_application ON application_keys (organization_id, application_id);

CREATE TABLE application_secrets (
    organization_id text        COLLATE "C" NOT NULL,
    application_id  uuid        NOT NULL,
    secret_id       uuid        NOT NULL,
    created_at      timestamptz NOT NULL,
    -- Null for the newest one.
    expires_at      timestamptz,
    -- Which master key encrypted it.
    master_key_id   text        NOT NULL,
    sealed          bytea       NOT NULL,

    PRIMARY KEY (organization_id, application_id, secret_id)
);

-- Signatures that were taken, of applications that refuse replays, as long as they would pass for fresh.
CREATE TABLE application_signatures (
    organization_id text        COLLATE "C" NOT NULL,
    application_id  uuid        NOT NULL,
    signature       bytea       NOT NULL,
    expires_at      timestamptz NOT NULL,

    PRIMARY KEY (organization_id, application_id, signature)
);

CREATE INDEX application_signatures_by_age ON application_signatures (expires_at);
