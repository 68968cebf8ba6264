-- Token buckets that servers share. Not logged: after a crash all buckets are full, and an update costs no wait for the disk.
-- A full bucket is the same as none, so rows come and go.

CREATE UNLOGGED TABLE rate_limit_buckets (
    organization_id text     COLLATE "C" NOT NULL,
    credential_kind smallint NOT NULL,
    credential_id   text     COLLATE "C" NOT NULL,
    rate_class      smallint NOT NULL,
    window_seconds  integer  NOT NULL,
    -- In nanoseconds since 1970, by the database's clock: when tokens were last taken, and when the bucket is full again.
    charged_at      bigint   NOT NULL,
    full_at         bigint   NOT NULL,

    PRIMARY KEY (organization_id, credential_kind, credential_id, rate_class, window_seconds)
) WITH (fillfactor = 50); -- every update stays on its page, and touches no index
