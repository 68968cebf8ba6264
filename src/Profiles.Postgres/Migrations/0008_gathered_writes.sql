-- What the last gathered write named: of several rows that meet stored ones in one statement, each brings its own.
ALTER TABLE profiles ADD COLUMN named_fields bigint NOT NULL DEFAULT 0;
