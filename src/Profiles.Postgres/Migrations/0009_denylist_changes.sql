-- Whether a replacement of the denylist is under way, or broke off and has to be undone. docs/usernames.md.
ALTER TABLE organizations ADD COLUMN denylist_changing boolean NOT NULL DEFAULT false;

CREATE INDEX organizations_with_changing_denylist ON organizations (organization_id) WHERE denylist_changing;
