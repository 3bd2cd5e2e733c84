"""Metrics: every name the system measures, in one place.

Invariant: no metric is made anywhere else, and no label takes a value that a client chooses freely. Seconds are
seconds, positions are log positions; a lag counts events.
"""

from __future__ import annotations

from prometheus_client import REGISTRY, Counter, Gauge, Histogram, generate_latest

_FAST = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

# The log: appends by outcome (stored, repeated, refused, failed; after a conflict the command is decided anew).
APPENDS = Counter("paizhu_log_appends", "Commands appended, by outcome", ["service", "outcome"])
# Events that were stored by this process.
EVENTS = Counter("paizhu_log_events", "Events stored", ["service"])
# How many commands were committed together: small under light load, large under heavy load.
GROUP_SIZE = Histogram(
    "paizhu_log_group_size", "Commands in one commit", ["service"], buckets=(1, 2, 4, 8, 16, 32, 64, 128)
)
# Of a group, from its first look at the log to the last word of the commit.
APPEND_SECONDS = Histogram("paizhu_log_append_seconds", "Seconds of a group of appends", ["service"], buckets=_FAST)
# The log's last position as this process last saw it.
HEAD = Gauge("paizhu_log_head", "Position of the last event seen", ["service"])

# The relay of one outlet ("events" of a log, "public" of the feeds): 1 while active, 0 while standing by.
RELAY_ACTIVE = Gauge("paizhu_relay_active", "1 on the relay that holds the lock", ["outlet"])
RELAY_POSITION = Gauge("paizhu_relay_position", "Position up to which the broker has confirmed everything", ["outlet"])
RELAY_LAG = Gauge("paizhu_relay_lag", "Positions read from the log and not yet confirmed by the broker", ["outlet"])
RELAY_PUBLISHED = Counter("paizhu_relay_published", "Messages sent to the broker, repeats included", ["outlet"])
# Alarm on these two: a queue refuses, or a follower's queue is missing. The checkpoint stands until it is mended.
RELAY_NACKED = Counter("paizhu_relay_nacked", "Messages the broker refused", ["outlet"])
RELAY_RETURNED = Counter("paizhu_relay_returned", "Messages the broker could not route", ["outlet"])
RELAY_RECONNECTS = Counter("paizhu_relay_reconnects", "Connections lost and made again", ["outlet"])

# The queues of cities, by the code of the city, as the public relay sees them at its last look.
CITY_WAITING = Gauge("paizhu_city_waiting", "Messages waiting in a city's queues", ["city"])
CITY_CONSUMERS = Gauge("paizhu_city_consumers", "Consumers on a city's queues", ["city"])
# Alarm: a city gave messages back until they were dropped (delivery_limit), is away for so long that its oldest go
# (maxlen), or took so many consumers that its queue was made anew (consumers). It finds everything in its feed.
CITY_GIVEN_UP = Counter("paizhu_city_given_up", "Messages or queues of a city given up", ["city", "reason"])

# The reactor of one service, by the source it follows.
REACTOR_TAKEN_IN = Counter("paizhu_reactor_taken_in", "Foreign events taken in", ["service", "source"])
REACTOR_POSITION = Gauge("paizhu_reactor_position", "Position of the source taken in last", ["service", "source"])
REACTOR_DUPLICATES = Counter("paizhu_reactor_duplicates", "Messages dropped as already taken in", ["service", "source"])
# A gap is a message that came before its predecessor: lost by the broker, or delivered out of order.
REACTOR_GAPS = Counter("paizhu_reactor_gaps", "Gaps in positions noticed", ["service", "source"])
REACTOR_REFILLED = Counter("paizhu_reactor_refilled", "Events fetched from the source's log", ["service", "source"])
# Alarm: an event was parked because its reaction fails each time.
REACTOR_PARKED = Counter("paizhu_reactor_parked", "Events parked", ["service", "source"])
REACTOR_REJECTED = Counter(
    "paizhu_reactor_rejected", "Messages that cannot be read, sent to the parked queue", ["service"]
)
# What operators did with parked events: replayed, discarded, failed (a replay that left its event parked).
PARKED_SETTLED = Counter("paizhu_parked_settled", "Parked events an operator dealt with", ["service", "outcome"])
REACTOR_RETRIES = Counter("paizhu_reactor_retries", "Batches tried again because a server was away", ["service"])
REACTOR_LAG = Gauge("paizhu_reactor_lag", "Events of the source not taken in, at the last look", ["service", "source"])
REACTOR_BATCH = Histogram(
    "paizhu_reactor_batch_size", "Events in one commit", ["service"], buckets=(1, 4, 16, 64, 256, 1024)
)
REACTOR_SECONDS = Histogram("paizhu_reactor_batch_seconds", "Seconds of one batch", ["service"], buckets=_FAST)

# The checkpointer of one log. Alarm where the first is 1 (the log is not what was appended or signed; nothing more is
# signed), or where the age passes a minute while events are unsigned.
CHECKPOINT_ALARM = Gauge("paizhu_checkpoint_alarm", "1 while the log contradicts what was signed", ["service"])
CHECKPOINT_AGE = Gauge("paizhu_checkpoint_age_seconds", "Seconds since the last checkpoint", ["service"])
CHECKPOINT_SIZE = Gauge("paizhu_checkpoint_size", "Events under the last checkpoint", ["service"])
CHECKPOINT_UNSIGNED = Gauge("paizhu_checkpoint_unsigned", "Events read and not under a checkpoint yet", ["service"])
CHECKPOINT_WITNESSED = Gauge("paizhu_checkpoint_witnessed", "Events under the last witnessed checkpoint", ["service"])
CHECKPOINT_PATROLLED = Counter("paizhu_checkpoint_patrolled", "Old events hashed again by the patrol", ["service"])

# Alarm: personal data that should open and does not, at each reading: the data or its key was changed, or the key lost.
VAULT_UNREADABLE = Counter("paizhu_vault_unreadable", "Sealed data that could not be opened when it was asked for")

# Jobs: how many are open, and how long one took, by how it ended (done, refused, failed).
JOBS_WAITING = Gauge("paizhu_jobs_waiting", "Jobs queued or in hand, at the worker's last look", ["service"])
JOB_SECONDS = Histogram(
    "paizhu_job_seconds", "Seconds of one job", ["service", "kind", "state"], buckets=(0.1, 0.5, 1, 5, 15, 60, 300, 900)
)

# The door of a service. ``method`` is execute, query or events_after; ``outcome`` is ok or the kind of the problem.
RPC_SECONDS = Histogram("paizhu_rpc_seconds", "Seconds of one request", ["service", "method", "outcome"], buckets=_FAST)
# Only names the service knows are used as a label, so that callers cannot make new time series.
COMMAND_SECONDS = Histogram(
    "paizhu_command_seconds", "Seconds of one command", ["service", "command", "outcome"], buckets=_FAST
)

# The gateway. ``route`` is the template of the path, never the path itself.
HTTP_SECONDS = Histogram("paizhu_http_seconds", "Seconds of one HTTP request", ["route", "status"], buckets=_FAST)


def exposition() -> bytes:
    """All metrics of this process in the Prometheus text format."""
    return generate_latest(REGISTRY)
