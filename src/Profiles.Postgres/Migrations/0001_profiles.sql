-- Identifiers are compared byte by byte, whatever the database's collation.

CREATE TABLE profiles (
    organization_id       text        COLLATE "C" NOT NULL,
    user_id               text        COLLATE "C" NOT NULL,

    revision              bigint      NOT NULL,
    -- The last change: its id lets the statements that follow in a transaction see whether this one took place.
    change_id             uuid        NOT NULL,
    change_type           smallint    NOT NULL,
    changed_fields        bigint      NOT NULL,
    created_at            timestamptz NOT NULL,
    changed_at            timestamptz NOT NULL,
    -- A deleted record stays as an empty row, so that its revisions go on when it is created anew.
    deleted               boolean     NOT NULL DEFAULT false,

    unique_id             text,
    given_name            text,
    family_name           text,
    nickname              text,
    display_name          text,
    locale                text,
    zoneinfo              text,
    currency              text,
    gender                text,
    email                 text,
    email_verified        boolean     NOT NULL DEFAULT false,
    phone_number          text,
    phone_country_code    text,
    phone_number_verified boolean     NOT NULL DEFAULT false,
    birthdate             text,
    location              text,
    role                  smallint,
    level                 smallint,
    picture               text,
    picture_object        jsonb,
    avatar_url            text,
    avatar_object         jsonb,
    evm_wallet_address    text,
    discoverable_by_email boolean     NOT NULL DEFAULT false,
    publicly_visible      boolean     NOT NULL DEFAULT false,
    attributes            jsonb       NOT NULL DEFAULT '{}',

    PRIMARY KEY (organization_id, user_id)
) WITH (fillfactor = 80); -- room for the next version of a row on its page, so that no index is touched

CREATE INDEX profiles_by_creation ON profiles (organization_id, created_at, user_id) WHERE NOT deleted;

CREATE TABLE profile_changes (
    organization_id     text        COLLATE "C" NOT NULL,
    user_id             text        COLLATE "C" NOT NULL,
    revision            bigint      NOT NULL,
    change_type         smallint    NOT NULL,
    changed_at          timestamptz NOT NULL,
    actor_type          smallint    NOT NULL,
    actor_id            text        NOT NULL,
    changed_fields      bigint      NOT NULL,
    replaces_attributes boolean     NOT NULL,
    -- The write's fields and values; null once they were erased.
    patch               jsonb,

    PRIMARY KEY (organization_id, user_id, revision)
);

-- Requests that may be sent again, each with the outcome of the first time.
CREATE TABLE write_requests (
    organization_id text        COLLATE "C" NOT NULL,
    user_id         text        COLLATE "C" NOT NULL,
    request_id      uuid        NOT NULL,
    change_id       uuid        NOT NULL,
    fingerprint     bytea       NOT NULL,
    requested_at    timestamptz NOT NULL,
    -- The row of profiles after the request; null when there was none, {} once it was erased.
    outcome         jsonb,

    PRIMARY KEY (organization_id, user_id, request_id)
);

CREATE INDEX write_requests_by_age ON write_requests (requested_at);
