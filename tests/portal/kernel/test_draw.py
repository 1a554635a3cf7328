"""The draw: a function of pool and seed, the same for everybody, and foreseen by nobody."""

from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.draw import commitment, drawn, new_seed, pool_digest, ticket

SEED = "00" * 32
TICKETS = st.lists(st.uuids(version=4).map(lambda one: ticket("tests.draw", str(one))), unique=True, max_size=30)


def test_a_worked_example_that_an_outsider_can_do_by_hand():
    pool = {"schools": [ticket("tests.draw", "1"), ticket("tests.draw", "2"), ticket("tests.draw", "3")]}

    assert commitment(SEED) == "d048ace0d5fe21c352fefddcb481c0cbd89fe866c720abfe6e0b63c4d39729ca"
    assert pool_digest(pool) == "ba2a0595e59903fddb525d98fe88e745070de7e665c99d1922517bbb4c0f74d2"
    # By their lots the third ticket comes before the second.
    assert drawn(pool["schools"], 2, seed=SEED, digest=pool_digest(pool)) == [pool["schools"][0], pool["schools"][2]]


@given(TICKETS, st.integers(0, 40), st.randoms())
def test_it_draws_as_many_as_wanted_from_the_pool_and_all_where_fewer_whatever_the_order(tickets, count, random):
    shuffled = random.sample(tickets, len(tickets))
    found = drawn(tickets, count, seed=SEED, digest="d")

    assert len(found) == len(set(found)) == min(count, len(tickets))
    assert set(found) <= set(tickets)
    assert drawn(shuffled, count, seed=SEED, digest="d") == found


@given(TICKETS, st.integers(0, 40))
def test_who_asks_for_more_keeps_those_drawn_first(tickets, count):
    assert drawn(tickets, count + 1, seed=SEED, digest="d")[:count] == drawn(tickets, count, seed=SEED, digest="d")


def test_one_ticket_more_draws_others_so_that_the_seed_alone_tells_nothing():
    tickets = [ticket("tests.draw", str(number)) for number in range(200)]
    before, after = ({"schools": pool} for pool in (tickets[:199], tickets))

    first = drawn(tickets[:199], 20, seed=SEED, digest=pool_digest(before))
    second = drawn(tickets[:199], 20, seed=SEED, digest=pool_digest(after))

    assert len(set(first) & set(second)) < 10


def test_every_ticket_is_drawn_about_as_often():
    tickets = [ticket("tests.draw", str(number)) for number in range(20)]
    counted = dict.fromkeys(tickets, 0)
    for number in range(2000):
        for one in drawn(tickets, 5, seed=f"{number:064x}", digest="d"):
            counted[one] += 1

    # 500 expected each; five standard deviations of a binomial are 97.
    assert all(403 < count < 597 for count in counted.values())


@given(st.dictionaries(st.sampled_from(["a", "b", "c"]), TICKETS))
def test_the_digest_knows_no_order_and_misses_no_change(pool):
    turned = {stratum: list(reversed(tickets)) for stratum, tickets in reversed(pool.items())}

    assert pool_digest(turned) == pool_digest(pool)
    assert pool_digest({**pool, "d": ["x"]}) != pool_digest(pool)


def test_seeds_differ_and_so_do_their_commitments():
    seeds = {new_seed() for _ in range(100)}

    assert len(seeds) == len({commitment(seed) for seed in seeds}) == 100
    assert {len(seed) for seed in seeds} == {64}


def test_tickets_of_one_purpose_are_none_of_another():
    assert ticket("tests.draw", "1") != ticket("tests.other", "1")
