"""Persons: who belongs together, what keeps people apart, and ids that stay."""

from __future__ import annotations

from crosswalk.core.linkage.cluster import Alias, Clusters, Edge, Record, cluster, founding_id

H1, H2, H3 = ("hmis:CA-1", "1"), ("hmis:CA-1", "2"), ("hmis:CA-1", "3")
A1, A2, B1 = ("plan:a", "91A"), ("plan:a", "92A"), ("plan:b", "91A")


def grouped(
    *edges: Edge, apart: tuple[tuple[Record, Record], ...] = (), before: dict[Record, str] | None = None
) -> Clusters:
    return cluster([H1, H2, H3, A1, A2, B1], edges, apart=apart, before=before or {})


def test_records_linked_through_a_third_are_one_person() -> None:
    found = grouped(Edge(H1, A1, 20), Edge(H2, A1, 20))
    assert found.person[H1] == found.person[H2] == found.person[A1]
    assert found.person[H3] != found.person[H1]


def test_a_new_person_is_named_after_the_first_record() -> None:
    assert grouped(Edge(H2, H1, 20)).person[H2] == founding_id(H1)
    assert len(founding_id(H1)) == 17


def test_one_plan_has_one_number_for_a_person() -> None:
    found = grouped(Edge(H1, A1, 30), Edge(H1, A2, 20))
    assert found.person[H1] == found.person[A1] != found.person[A2]
    assert [(cut.right, reason) for cut, reason in found.cut] == [(A2, "two_numbers_in_one_plan")]


def test_two_plans_may_have_a_number_each() -> None:
    found = grouped(Edge(H1, A1, 30), Edge(H1, B1, 20))
    assert found.person[A1] == found.person[B1]


def test_a_person_may_say_that_two_numbers_of_one_plan_are_one_person() -> None:
    found = grouped(Edge(A1, A2, 0, by_person=True))
    assert found.person[A1] == found.person[A2]


def test_people_called_different_stay_apart_even_through_others() -> None:
    found = grouped(Edge(H1, A1, 30), Edge(A1, H2, 20), apart=((H1, H2),))
    assert found.person[H1] == found.person[A1] != found.person[H2]
    assert found.cut[0][1] == "cannot_link"


def test_a_run_never_fuses_two_persons_who_have_ids() -> None:
    found = grouped(Edge(H1, A1, 99), before={H1: "P1", A1: "P2"})
    assert (found.person[H1], found.person[A1]) == ("P1", "P2")
    assert found.cut[0][1] == "possible_duplicate"
    assert found.aliases == []


def test_a_person_may_fuse_them_and_the_old_id_leads_to_the_new() -> None:
    found = grouped(Edge(H1, A1, 0, by_person=True), before={H1: "P1", A1: "P2"})
    assert found.person[H1] == found.person[A1] == "P2"
    assert found.aliases == [Alias("P1", "P2", "joined by a person")]


def test_on_a_split_the_part_with_the_medi_cal_number_keeps_the_id() -> None:
    found = grouped(Edge(H1, H2, 20), before={H1: "P1", H2: "P1", A1: "P1"})
    assert found.person[A1] == "P1"
    assert found.person[H1] == found.person[H2] != "P1"
    assert found.aliases == [Alias("P1", found.person[H1], "split from")]


def test_a_new_record_joins_a_person_without_changing_the_id() -> None:
    assert grouped(Edge(H1, A1, 20), before={A1: "P1"}).person[H1] == "P1"


def test_an_id_is_never_given_twice() -> None:
    found = grouped(before={H1: founding_id(H2), A1: founding_id(H2)})
    assert found.person[A1] == founding_id(H2)
    assert len(set(found.person.values())) == 6


def test_the_order_of_links_does_not_matter() -> None:
    edges = [Edge(H1, A1, 20), Edge(H2, A1, 20), Edge(H2, A2, 20), Edge(H3, B1, 5), Edge(B1, A1, 5)]
    assert grouped(*edges) == grouped(*reversed(edges))
