-- Usernames: one row a name, whether a user has it, it is kept for its last owner, or it is denied. docs/usernames.md.

ALTER TABLE profiles ADD COLUMN preferred_username text;

-- The denylist that is in force.
ALTER TABLE organizations ADD COLUMN denylist_generation bigint NOT NULL DEFAULT 0;

CREATE TABLE usernames (
    organization_id text     COLLATE "C" NOT NULL,
    key             text     COLLATE "C" NOT NULL,

    -- Null only in rows of denied texts that could be nobody's name.
    small_look      text     COLLATE "C",
    capital_look    text     COLLATE "C",
    skeleton        text     COLLATE "C",

    -- The last change of a profile that asked for the name and may have it.
    claim_id        uuid,
    owner_id        text     COLLATE "C",
    -- The look-alike policy under which the owner got it.
    look_alikes     smallint NOT NULL DEFAULT 1,
    -- After a release: the last owner, and until when nobody else gets it.
    kept_for        text     COLLATE "C",
    kept_until      timestamptz,

    -- Denied in the generations from denied_since on, up to denied_before.
    denied_since    bigint,
    denied_before   bigint,
    denied_text     text,

    PRIMARY KEY (organization_id, key),
    CHECK (owner_id IS NULL OR kept_for IS NULL)
) WITH (fillfactor = 90);

-- Conditions that are always true (<> '', IS NOT NULL) keep an index out of the plans of statements that look for something else:
-- while a table is small, all of its indexes cost the same.
CREATE UNIQUE INDEX usernames_by_owner ON usernames (organization_id, owner_id) WHERE owner_id <> '';
CREATE INDEX usernames_by_last_owner ON usernames (organization_id, kept_for) WHERE kept_for <> '';
CREATE INDEX usernames_by_time_kept ON usernames (kept_until) WHERE kept_until IS NOT NULL;

-- Of two that claim look-alikes at once, one waits here.
CREATE UNIQUE INDEX usernames_alone_in_small_look ON usernames (organization_id, small_look)
    WHERE owner_id IS NOT NULL AND look_alikes >= 2 AND small_look IS NOT NULL;
CREATE UNIQUE INDEX usernames_alone_in_capital_look ON usernames (organization_id, capital_look)
    WHERE owner_id IS NOT NULL AND look_alikes >= 2 AND capital_look IS NOT NULL;
CREATE UNIQUE INDEX usernames_alone_in_skeleton ON usernames (organization_id, skeleton)
    WHERE owner_id IS NOT NULL AND look_alikes >= 3 AND skeleton IS NOT NULL;

-- Names that their owners got under another policy.
CREATE INDEX usernames_owned_small_look ON usernames (organization_id, small_look)
    WHERE owner_id IS NOT NULL AND look_alikes < 2 AND small_look IS NOT NULL;
CREATE INDEX usernames_owned_capital_look ON usernames (organization_id, capital_look)
    WHERE owner_id IS NOT NULL AND look_alikes < 2 AND capital_look IS NOT NULL;
CREATE INDEX usernames_owned_skeleton ON usernames (organization_id, skeleton)
    WHERE owner_id IS NOT NULL AND look_alikes < 3 AND skeleton IS NOT NULL;

CREATE INDEX usernames_kept_small_look ON usernames (organization_id, small_look) WHERE kept_for IS NOT NULL AND small_look IS NOT NULL;
CREATE INDEX usernames_kept_capital_look ON usernames (organization_id, capital_look) WHERE kept_for IS NOT NULL AND capital_look IS NOT NULL;
CREATE INDEX usernames_kept_skeleton ON usernames (organization_id, skeleton) WHERE kept_for IS NOT NULL AND skeleton IS NOT NULL;

-- The looks of a name in Latin letters are its key, which the primary key finds.
CREATE INDEX usernames_denied_small_look ON usernames (organization_id, small_look) WHERE denied_since IS NOT NULL AND small_look <> key;
CREATE INDEX usernames_denied_capital_look ON usernames (organization_id, capital_look) WHERE denied_since IS NOT NULL AND capital_look <> key;
CREATE INDEX usernames_denied_skeleton ON usernames (organization_id, skeleton) WHERE denied_since IS NOT NULL AND skeleton <> key;

-- Why a change was made: 1, the username was denied.
ALTER TABLE profile_changes ADD COLUMN reason smallint NOT NULL DEFAULT 0;

CREATE INDEX usernames_denied ON usernames (organization_id, key) WHERE denied_since IS NOT NULL;

-- The changes of a user's name: how many were there today? The bit is that of preferred_username.
CREATE INDEX profile_changes_of_usernames ON profile_changes (organization_id, user_id, revision) WHERE changed_fields & 67108864 <> 0;
