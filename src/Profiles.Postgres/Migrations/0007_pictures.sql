-- Pictures that profiles have of their own. profiles.picture has 'picture:' and the id of one, or the address of an image elsewhere.

CREATE TABLE pictures (
    organization_id text COLLATE "C" NOT NULL,
    -- SHA-256 of the image that was sent, and of the part of it that was wanted.
    picture_id      text COLLATE "C" NOT NULL,
    -- Which files it has, new for each time that it is made, and where they are.
    files_id        uuid             NOT NULL,
    place           smallint         NOT NULL,
    has_original    boolean          NOT NULL,
    -- When it was last set, or last taken from a profile.
    used_at         timestamptz      NOT NULL,

    PRIMARY KEY (organization_id, picture_id)
);

-- For the collector of those that nobody has.
CREATE INDEX pictures_by_use ON pictures (used_at);

-- For the command that moves files from one place to another.
CREATE INDEX pictures_by_place ON pictures (place, organization_id, picture_id);

-- The files whose place is the database.
CREATE TABLE picture_files (
    organization_id text COLLATE "C" NOT NULL,
    files_id        uuid             NOT NULL,
    -- Pixels a side; 0 for the image that was sent.
    size            integer          NOT NULL,
    content         bytea            NOT NULL,

    PRIMARY KEY (organization_id, files_id, size)
);

-- Images are compressed already.
ALTER TABLE picture_files ALTER COLUMN content SET STORAGE EXTERNAL;

-- Files that no picture has: announced and not claimed yet, or left behind. They are removed when they are due.
CREATE TABLE abandoned_picture_files (
    organization_id text COLLATE "C" NOT NULL,
    files_id        uuid             NOT NULL,
    place           smallint         NOT NULL,
    due_at          timestamptz      NOT NULL,

    PRIMARY KEY (organization_id, files_id)
);

CREATE INDEX abandoned_picture_files_by_time ON abandoned_picture_files (due_at);

-- Who has a picture.
CREATE INDEX profiles_by_picture ON profiles (organization_id, picture COLLATE "C") WHERE picture LIKE 'picture:%';
