"""The chain: the one function that adds an entry, and what keeps everybody from changing one."""

from django.db import migrations

APPEND = """
CREATE TABLE journal_head (one boolean PRIMARY KEY DEFAULT true CHECK (one), seq bigint NOT NULL, hash text NOT NULL);
INSERT INTO journal_head (seq, hash) VALUES (0, '');

CREATE FUNCTION journal_append(entry jsonb) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    last journal_head;
    at timestamptz;
    text_said text;
    text_hash text;
BEGIN
    -- Whoever appends waits here for the one before; the lock ends with the transaction of the act itself.
    SELECT * INTO STRICT last FROM journal_head FOR UPDATE;
    at := clock_timestamp();
    text_said := (entry || jsonb_build_object(
        'seq', last.seq + 1,
        'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')))::text;
    text_hash := encode(sha256(convert_to(last.hash || text_said, 'UTF8')), 'hex');
    INSERT INTO journal_entry (seq, at, kind, verb, worker_id, worker, organization_id, organization, role, basis,
                               why, subject, persons, fields, before, after, said, previous, hash)
    VALUES (last.seq + 1, at, entry->>'kind', entry->>'verb', (entry->>'worker_id')::bigint, entry->>'worker',
            (entry->>'organization_id')::bigint, entry->>'organization', entry->>'role', entry->>'basis',
            entry->>'why', entry->>'subject',
            ARRAY(SELECT jsonb_array_elements_text(entry->'persons')),
            ARRAY(SELECT jsonb_array_elements_text(entry->'fields')),
            nullif(entry->'before', 'null'::jsonb), nullif(entry->'after', 'null'::jsonb),
            text_said, last.hash, text_hash);
    UPDATE journal_head SET seq = last.seq + 1, hash = text_hash;
    RETURN last.seq + 1;
END $$;

CREATE FUNCTION journal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal cannot be rewritten';
END $$;
CREATE TRIGGER journal_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_stays();

ALTER TABLE journal_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal_entry FORCE ROW LEVEL SECURITY;
-- The owner adds (through the function) and verifies; whoever serves pages sees their organization's own part.
CREATE POLICY journal_owner ON journal_entry TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY journal_wall ON journal_entry FOR SELECT
    USING (organization_id = nullif(current_setting('app.organization', true), '')::bigint);
"""
BACK = """
DROP POLICY journal_wall ON journal_entry;
DROP POLICY journal_owner ON journal_entry;
ALTER TABLE journal_entry DISABLE ROW LEVEL SECURITY;
DROP TRIGGER journal_stays ON journal_entry;
DROP FUNCTION journal_stays();
DROP FUNCTION journal_append(jsonb);
DROP TABLE journal_head;
"""


class Migration(migrations.Migration):
    """After the table itself."""

    dependencies = (("journal", "0001_initial"),)
    operations = (migrations.RunSQL(APPEND, BACK),)
