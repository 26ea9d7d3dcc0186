"""How many referrals are open at an organization, for whoever keeps the directory and is party to none of them."""

from django.db import migrations

#: It looks as the owner, whom the policy lets through, and gives nothing but a number.
WAITING = """
CREATE POLICY referrals_referral_for_the_count ON referrals_referral FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION referrals_waiting(organization bigint) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FROM referrals_referral WHERE receiver_id = organization AND state <> 'closed'
$$;
REVOKE ALL ON FUNCTION referrals_waiting(bigint) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    """After the table and its wall."""

    dependencies = (("referrals", "0001_initial"),)
    operations = (
        migrations.RunSQL(
            WAITING,
            "DROP FUNCTION referrals_waiting(bigint);"
            "DROP POLICY referrals_referral_for_the_count ON referrals_referral;",
        ),
    )
