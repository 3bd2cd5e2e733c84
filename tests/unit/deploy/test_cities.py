"""What `paizhu status` says about cities at the broker."""

from __future__ import annotations

from deploy.local import cities
from kernel import metrics

EXPOSITION = """\
# HELP paizhu_city_given_up_total Messages or queues of a city given up
# TYPE paizhu_city_given_up_total counter
paizhu_city_given_up_total{city="2107",reason="delivery_limit"} 4010.0
paizhu_city_given_up_total{city="2113",reason="maxlen"} 1.0
paizhu_city_given_up_total{city="2101",reason="consumers"} 0.0
# HELP paizhu_city_waiting Messages waiting in a city's queues
# TYPE paizhu_city_waiting gauge
paizhu_city_waiting{city="2102"} 7.0
"""


def test_a_city_that_harms_itself_is_named_and_no_other() -> None:
    loud, away = cities.said(EXPOSITION)
    assert loud == (
        "[bold yellow]city 2107[/] gave messages back until they were dropped: 4,010 (it finds everything in its feed)"
    )
    assert away.startswith("[bold yellow]city 2113[/] is away, its oldest messages were dropped: 1 ")


def test_it_reads_what_the_relay_says() -> None:
    metrics.CITY_GIVEN_UP.labels("2199", "consumers").inc()
    (line,) = [line for line in cities.said(metrics.exposition().decode()) if "city 2199" in line]
    assert "its queue was made anew: 1 " in line


def test_a_relay_that_does_not_answer_is_said_to_be_unknown() -> None:
    for nowhere in ("http://127.0.0.1:1/metrics", ""):
        (line,) = cities.lines(nowhere)
        assert "unknown" in line
