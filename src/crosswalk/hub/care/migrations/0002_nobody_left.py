"""What the database itself holds: nobody is without a lead worker, whatever people and programs do at once."""

from django.db import migrations

#: The guards and counts look as the owner of the tables, whom these policies let through; they give numbers or refuse.
_SEEN = "".join(
    f"CREATE POLICY {table}_for_care ON {table} FOR SELECT TO CURRENT_USER USING (true);"
    for table in ("care_care", "care_lead", "care_handoff", "referrals_referral")
)
_UNSEEN = "".join(
    f"DROP POLICY {table}_for_care ON {table};"
    for table in ("care_care", "care_lead", "care_handoff", "referrals_referral")
)
_AS_OWNER = "SECURITY DEFINER SET search_path = public, pg_temp AS $$"

#: Whom an end of access would leave: persons led there, and handoffs that lack the introduction or the notice.
COUNTS = f"""
CREATE FUNCTION care_left(worker bigint, organization bigint, OUT leads bigint, OUT unfinished bigint)
LANGUAGE sql STABLE {_AS_OWNER}
    SELECT (SELECT count(*) FROM care_lead
            WHERE worker_id = worker AND organization_id = organization AND until IS NULL),
           (SELECT count(*) FROM care_handoff AS h JOIN care_care AS c ON c.id = h.care_id
            WHERE h.giver_id = worker AND h.giving_id = organization AND h.answer = 'accepted'
              AND c.ended_at IS NULL
              AND (h.told_at IS NULL OR (h.introduced_at IS NULL AND NOT h.interim)))
$$;
CREATE FUNCTION care_open_at(organization bigint) RETURNS bigint LANGUAGE sql STABLE {_AS_OWNER}
    SELECT count(*) FROM care_care WHERE organization_id = organization AND ended_at IS NULL
$$;
REVOKE ALL ON FUNCTION care_left(bigint, bigint), care_open_at(bigint) FROM PUBLIC;
"""

#: Care that is open has one lead in force, care that ended has none; a referral that a provider has is in care. Both
#: are asked when the transaction ends, so that a lead may change hands within it.
LED = f"""
CREATE FUNCTION care_is_led() RETURNS trigger LANGUAGE plpgsql {_AS_OWNER}
DECLARE
    which bigint;
    is_open boolean;
    led bigint;
BEGIN
    IF TG_TABLE_NAME = 'care_care' THEN which := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN which := OLD.care_id;
    ELSE which := NEW.care_id; END IF;
    SELECT ended_at IS NULL INTO is_open FROM care_care WHERE id = which;
    SELECT count(*) INTO led FROM care_lead WHERE care_id = which AND until IS NULL;
    IF is_open IS NOT NULL AND led <> is_open::int THEN
        RAISE EXCEPTION 'care % has % leads', which, led
        USING ERRCODE = 'check_violation', CONSTRAINT = 'care_is_led';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER care_is_led AFTER INSERT OR UPDATE OF ended_at ON care_care
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION care_is_led();
CREATE CONSTRAINT TRIGGER lead_is_there AFTER INSERT OR UPDATE OF until, care_id OR DELETE ON care_lead
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION care_is_led();

CREATE FUNCTION referral_is_in_care() RETURNS trigger LANGUAGE plpgsql {_AS_OWNER}
BEGIN
    IF EXISTS (SELECT FROM referrals_referral
               WHERE id = NEW.id AND state IN ('accepted', 'outreach', 'on_hold'))
       AND NOT EXISTS (SELECT FROM care_care WHERE referral_id = NEW.id AND ended_at IS NULL) THEN
        RAISE EXCEPTION 'referral % is accepted and nobody leads', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_is_in_care';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER referral_is_in_care AFTER INSERT OR UPDATE OF state ON referrals_referral
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.state IN ('accepted', 'outreach', 'on_hold')) EXECUTE FUNCTION referral_is_in_care();
"""

#: Whoever leads works there. The lock makes one who begins to lead and an access that ends come one after the other.
WORKS_THERE = f"""
CREATE FUNCTION lead_works_there() RETURNS trigger LANGUAGE plpgsql {_AS_OWNER}
BEGIN
    IF NEW.until IS NULL AND NEW.worker_id IS NOT NULL THEN
        PERFORM FROM access_membership AS m JOIN access_worker AS w ON w.id = m.worker_id AND w.is_active
        WHERE m.worker_id = NEW.worker_id AND m.organization_id = NEW.organization_id AND m.ended_at IS NULL
        FOR SHARE OF m;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'worker % does not work for organization %', NEW.worker_id, NEW.organization_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'lead_works_there';
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lead_works_there AFTER INSERT OR UPDATE OF until, worker_id, organization_id ON care_lead
FOR EACH ROW EXECUTE FUNCTION lead_works_there();

CREATE FUNCTION nobody_is_left() RETURNS trigger LANGUAGE plpgsql {_AS_OWNER}
BEGIN
    IF EXISTS (SELECT FROM care_lead WHERE worker_id = OLD.worker_id AND until IS NULL
               AND organization_id = OLD.organization_id)
       AND NOT EXISTS (SELECT FROM access_membership WHERE worker_id = OLD.worker_id
                       AND organization_id = OLD.organization_id AND ended_at IS NULL) THEN
        RAISE EXCEPTION 'worker % still leads persons', OLD.worker_id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_is_left';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER nobody_is_left AFTER UPDATE OF ended_at, worker_id, organization_id OR DELETE ON access_membership
FOR EACH ROW EXECUTE FUNCTION nobody_is_left();

CREATE FUNCTION nobody_is_left_by_account() RETURNS trigger LANGUAGE plpgsql {_AS_OWNER}
BEGIN
    IF NOT NEW.is_active AND EXISTS (SELECT FROM care_lead WHERE worker_id = NEW.id AND until IS NULL) THEN
        RAISE EXCEPTION 'worker % still leads persons', NEW.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_is_left';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER nobody_is_left_by_account AFTER UPDATE OF is_active ON access_worker
FOR EACH ROW EXECUTE FUNCTION nobody_is_left_by_account();
"""
_DOWN = """
DROP TRIGGER nobody_is_left_by_account ON access_worker; DROP FUNCTION nobody_is_left_by_account();
DROP TRIGGER nobody_is_left ON access_membership; DROP FUNCTION nobody_is_left();
DROP TRIGGER lead_works_there ON care_lead; DROP FUNCTION lead_works_there();
DROP TRIGGER referral_is_in_care ON referrals_referral; DROP FUNCTION referral_is_in_care();
DROP TRIGGER lead_is_there ON care_lead; DROP TRIGGER care_is_led ON care_care; DROP FUNCTION care_is_led();
"""


class Migration(migrations.Migration):
    """After the tables themselves."""

    dependencies = (("care", "0001_initial"),)
    operations = (
        migrations.RunSQL(_SEEN, _UNSEEN),
        migrations.RunSQL(
            COUNTS, "DROP FUNCTION care_left(bigint, bigint); DROP FUNCTION care_open_at(bigint);"
        ),
        migrations.RunSQL(LED + WORKS_THERE, _DOWN),
    )
