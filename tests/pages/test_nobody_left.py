"""Nobody is ever without a lead worker: people accept, close, hand over, end accesses and leave, in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from crosswalk.core.basics import Refused
from pages.test_care import settled
from pages.test_referrals import HOMES, LANTERN, service

pytestmark = pytest.mark.hub
VERBS = ("accept", "decline", "start", "close", "hold", "resume", "withdraw", "offer")
REASONS = ("services_received", "unable_to_reach", "no_longer_needs", "no_capacity", "lacks_means")
PICK = st.integers(0, 7)


def viewer(worker: Any) -> Any:
    """Somebody as their request would be, by the first role that they have; None where they have none."""
    from django.utils import timezone

    from crosswalk.hub.access.viewer import Viewer

    one = worker.memberships.filter(ended_at=None).select_related("organization").order_by("pk").first()
    if one is None:
        return None
    return Viewer(
        worker.pk, worker.name, one.pk, one.organization_id, one.organization.name, one.organization.kind, one.role,
        (), (), (one.organization_id,), True, None, False, timezone.localdate(),
    )  # fmt: skip


class Desk(RuleBasedStateMachine):
    """Five referrals of four persons, two providers, and whoever works there; the real tables and actions."""

    hub: Any = None
    counted: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        from django.db import transaction
        from django.utils import timezone

        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.now: datetime = timezone.now()
        self.workers = [
            self.hub.worker(role, where)
            for role, where in (
                ("supervisor", HOMES), ("supervisor", HOMES), ("lead_care_manager", HOMES),
                ("housing_navigator", HOMES), ("supervisor", LANTERN), ("community_health_worker", LANTERN),
            )
        ]  # fmt: skip
        self.desk, self.keeper = self.hub.worker("coordinator"), self.hub.worker("site_administrator")
        self.officer = self.hub.worker("privacy_officer")
        self.referrals = [self._offered(*one) for one in ((0, 0), (1, 0), (2, 1), (3, 1), (0, 1))]
        for which in range(3):
            self.a_turn_is_made(which, which, "accept", "", 0, False)

    def _offered(self, person: int, to: int) -> int:
        from crosswalk.hub.people.grouping import open_everything
        from crosswalk.hub.people.models import Person
        from crosswalk.hub.referrals.models import Referral

        open_everything()
        at = service(("ECM for Adults Without a Home", "Lantern Street ECM")[to])
        sender = self.desk.memberships.get().organization_id
        one = Person.objects.filter(known_to__contains=[sender], named=None).order_by("pk")[person]
        made = Referral.objects.create(
            person=one, known_to=one.known_to, service="ecm", sender_id=sender, receiver_id=at.organization_id,
            at_service=at, state="offered", authorization="none", since=self.now, mark=0, turn="provider",
            at=self.now, parties=[sender, at.organization_id],
        )  # fmt: skip
        return int(made.pk)

    def teardown(self) -> None:
        from django.db import transaction

        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def attempt(self, what: str, worker: Any, act: Callable[[Any], Any]) -> None:
        """One act of one person: made, or refused in words; nothing in between, and no other way to fail."""
        from django.db import transaction

        from crosswalk.hub.access.viewer import open_rows

        self.now += timedelta(minutes=1)
        by = viewer(worker)
        if by is None:
            return
        try:
            with transaction.atomic():
                open_rows(
                    worker_id=by.worker_id, organization_id=by.organization_id, role=by.role, sees=by.sees
                )
                act(by)
                settled()
                self.counted[f"{what} made"] += 1
        except (Refused, LookupError):
            self.counted[f"{what} refused"] += 1

    def worker(self, which: int) -> Any:
        return self.workers[which % len(self.workers)]

    def one_of(self, model: Any, which: int, **where: Any) -> int:
        """The number of a row, as somebody who knows it would have it; 0 where there is none."""
        from crosswalk.hub.people.grouping import open_everything

        open_everything()
        found = list(model.objects.filter(**where).order_by("pk").values_list("pk", flat=True))
        return int(found[which % len(found)]) if found else 0

    @rule(which=PICK, who=PICK, verb=st.sampled_from(VERBS), reason=st.sampled_from(REASONS), lead=PICK,
          naming=st.booleans())  # fmt: skip
    def a_turn_is_made(self, which: int, who: int, verb: str, reason: str, lead: int, naming: bool) -> None:
        from crosswalk.hub.referrals.actions import LeadNamed, take_turn

        number = self.referrals[which % len(self.referrals)]
        named = LeadNamed(self.worker(lead).pk if naming else None)
        worker = self.desk if verb in ("withdraw", "offer") else self.of_receiver(number, who)
        to = service("Lantern Street ECM").pk if verb == "offer" else None
        self.attempt(verb, worker, lambda by: take_turn(
            by=by, at=self.now, referral_id=number, verb=verb, reason=reason, lead=named, service_id=to))  # fmt: skip

    @rule(which=PICK)
    def services_are_received(self, which: int) -> None:
        """The loop closes well; the help goes on, and so does its lead."""
        for verb in ("start", "close"):
            self.a_turn_is_made(which, which % 7, verb, "services_received", 0, False)

    def of_receiver(self, referral: int, who: int) -> Any:
        """Somebody who works, or worked, for whoever has the referral; now and then somebody else."""
        from crosswalk.hub.people.grouping import open_everything
        from crosswalk.hub.referrals.models import Referral

        open_everything()
        there = Referral.objects.filter(pk=referral).values("receiver_id")
        theirs = [one for one in self.workers if one.memberships.filter(organization_id__in=there).exists()]
        return theirs[who % len(theirs)] if theirs and who < 7 else self.worker(who)

    @rule(which=PICK, who=PICK, to=PICK)
    def somebody_hands_over(self, which: int, who: int, to: int) -> None:
        from crosswalk.hub.care.actions import hand_over
        from crosswalk.hub.care.models import Lead

        number = self.one_of(Lead, which, until=None)
        self.attempt("hand over", self.leads(number, who), lambda by: hand_over(
            by=by, at=self.now, lead_ids=[number], worker_id=self.worker(to).pk))  # fmt: skip

    def leads(self, number: int, who: int) -> Any:
        """Whoever leads there, or half of the time anybody."""
        from crosswalk.hub.care.models import Lead

        found = Lead.objects.filter(pk=number).select_related("worker").first()
        return found.worker if found is not None and who < 4 else self.worker(who)

    @rule(which=PICK, answer=st.sampled_from(("accepted", "accepted", "declined")))
    def the_one_asked_answers(self, which: int, answer: str) -> None:
        from crosswalk.hub.access.models import Worker
        from crosswalk.hub.care.actions import answer_handoff
        from crosswalk.hub.care.models import Handoff

        number = self.one_of(Handoff, which, answer="")
        taker = Worker.objects.filter(pk__in=Handoff.objects.filter(pk=number).values("taker_id")).first()
        if taker is not None:
            self.attempt(
                answer, taker, lambda by: answer_handoff(by=by, at=self.now, handoff_id=number, answer=answer)
            )

    @rule(which=PICK, who=PICK, step=st.sampled_from(("introduced", "told")))
    def a_step_is_taken(self, which: int, who: int, step: str) -> None:
        from crosswalk.hub.access.models import Worker
        from crosswalk.hub.care.actions import take_step
        from crosswalk.hub.care.models import Handoff

        number = self.one_of(Handoff, which, answer="accepted", interim=False)
        giver = Worker.objects.filter(pk__in=Handoff.objects.filter(pk=number).values("giver_id")).first()
        self.attempt(
            step,
            giver or self.worker(who),
            lambda by: take_step(by=by, at=self.now, handoff_id=number, step=step, how="phone"),
        )

    @rule(which=PICK, who=PICK)
    def care_ends(self, which: int, who: int) -> None:
        from crosswalk.hub.care.actions import end_care
        from crosswalk.hub.care.models import Lead

        closed = {"care__referral__state": "closed"} if which < 6 else {}
        number = self.one_of(Lead, which, until=None, **closed)
        self.attempt(
            "end care",
            self.worker(who),
            lambda by: end_care(by=by, at=self.now, lead_id=number, because="goals"),
        )

    @rule(who=PICK, by_whom=PICK, at_once=st.booleans())
    def an_access_ends(self, who: int, by_whom: int, at_once: bool) -> None:
        from crosswalk.hub.access.actions import end_access
        from crosswalk.hub.access.models import Membership

        open_one = Membership.objects.filter(worker=self.worker(who), ended_at=None).first()
        if open_one is not None:
            self.attempt(f"end access{' at once' * at_once}", self.worker(by_whom), lambda by: end_access(
                by=by, at=self.now, membership_id=open_one.pk, why="left", at_once=at_once))  # fmt: skip

    @rule(where=st.sampled_from((HOMES, LANTERN)))
    def somebody_is_let_in(self, where: str) -> None:
        if len(self.workers) < 10:
            self.workers.append(self.hub.worker("lead_care_manager", where))

    @rule(which=PICK)
    def a_provider_wants_to_leave(self, which: int) -> None:
        from crosswalk.hub.network.actions import leave

        there = service(("ECM for Adults Without a Home", "Lantern Street ECM")[which % 2]).organization_id
        self.attempt(
            "leave",
            self.keeper,
            lambda by: leave(by=by, at=self.now, organization_id=there, why="closes its doors"),
        )

    @rule(which=PICK, names=st.frozensets(PICK, max_size=4), all_seen=st.booleans())
    def a_person_is_restricted(self, which: int, names: frozenset[int], all_seen: bool) -> None:
        from crosswalk.hub.people import naming
        from crosswalk.hub.people.actions import restrict

        person = self.person_of(which)

        def act(by: Any) -> None:
            asked = naming.naming(viewer=by, person_id=person)
            if asked is None:
                raise LookupError
            there = {each.worker_id for one in asked.groups for each in one.workers}
            chosen = sorted({self.worker(one).pk for one in names} & there)
            seen = [one.key for one in asked.ties] if all_seen else []
            restrict(by=by, at=self.now, person_id=person, workers=chosen, because="in danger", seen=seen)

        self.attempt("restrict", self.officer, act)

    @rule(which=PICK)
    def a_restriction_is_lifted(self, which: int) -> None:
        from crosswalk.hub.people.actions import lift

        person = self.person_of(which)
        self.attempt("lift", self.officer, lambda by: lift(by=by, at=self.now, person_id=person))

    def person_of(self, which: int) -> str:
        from crosswalk.hub.people.grouping import open_everything
        from crosswalk.hub.referrals.models import Referral

        open_everything()
        return str(Referral.objects.get(pk=self.referrals[which % len(self.referrals)]).person_id)

    @invariant()
    def a_restricted_person_is_hidden_in_every_row(self) -> None:
        from crosswalk.hub.people.grouping import open_everything, walled
        from crosswalk.hub.people.models import Person, Restriction
        from crosswalk.hub.referrals.models import Referral

        open_everything()
        named = dict(Restriction.objects.values_list("person_id", "named"))
        for person in Referral.objects.filter(pk__in=self.referrals).values_list("person_id", flat=True):
            assert Person.objects.get(pk=person).named == named.get(person)
            for model in walled():
                rows = model.objects.filter(person_id=person).values_list("named", flat=True)
                assert all(one == named.get(person) for one in rows), model

    @invariant()
    def nobody_is_without_a_lead(self) -> None:
        from crosswalk.hub.access.models import Membership
        from crosswalk.hub.care.models import Care, Lead
        from crosswalk.hub.network.models import Listing
        from crosswalk.hub.people.grouping import open_everything
        from crosswalk.hub.referrals.models import Referral

        open_everything()
        held = Referral.objects.filter(state__in=("accepted", "outreach", "on_hold"))
        cared = set(Care.objects.filter(ended_at=None).values_list("referral_id", flat=True))
        assert set(held.values_list("pk", flat=True)) <= cared
        leads = list(Lead.objects.filter(until=None).select_related("care"))
        assert sorted(one.care_id for one in leads) == sorted(
            Care.objects.filter(ended_at=None).values_list("pk", flat=True)
        )
        programs = [(one.person_id, one.care.service) for one in leads]
        assert len(programs) == len(set(programs)), "one lead for each person and program"
        for one in leads:
            assert Membership.objects.filter(
                worker=one.worker, organization=one.organization_id, ended_at=None, worker__is_active=True
            ).exists()
        left = Listing.objects.exclude(left=None).values_list("pk", flat=True)
        assert not {one.organization_id for one in leads} & set(left)


def test_nobody_is_left_whatever_people_do_at_once(hub: Any) -> None:
    Desk.hub = hub
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=10, stateful_step_count=50, deadline=None, derandomize=True,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    came_about = {
        "accept made", "close made", "hand over made", "accepted made", "end care made", "end access made",
        "end access at once made", "end access refused", "leave refused", "introduced made",
        "restrict made", "restrict refused", "lift made",
    }  # fmt: skip
    assert came_about <= set(Desk.counted), came_about - set(Desk.counted)
