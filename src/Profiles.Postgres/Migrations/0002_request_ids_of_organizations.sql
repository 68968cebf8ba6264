-- A request id counts for the whole organization: sent for another user, it is refused. Where it was taken for several users,
-- the first of them keeps it; the others' retries are refused, rather than carried out twice.

DELETE FROM write_requests later
USING write_requests first
WHERE first.organization_id = later.organization_id AND first.request_id = later.request_id
    AND (first.requested_at, first.user_id) < (later.requested_at, later.user_id);

ALTER TABLE write_requests
    DROP CONSTRAINT write_requests_pkey,
    ADD PRIMARY KEY (organization_id, request_id);

-- A deletion erases the outcomes of its user.
CREATE INDEX write_requests_by_user ON write_requests (organization_id, user_id);
