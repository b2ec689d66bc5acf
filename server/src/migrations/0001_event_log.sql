-- The event log: see server/src/engines/event-log/README.md for how the tables work together.

-- What happened, written in the transaction that made it true. `xid` is that transaction: readers take events of
-- finished transactions only, and inside such a window follow `seq`.
create table events (
  seq bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null,
  -- A hash of the key, 0-7: the unit in which a group's work is divided between processes.
  share smallint not null,
  type text not null,
  key text not null,
  payload json not null
) with (autovacuum_vacuum_scale_factor = 0.02);
create index events_xid on events (xid);

create table event_groups (
  group_id integer generated always as identity primary key,
  name text not null unique,
  types text[] not null,
  seen_at timestamptz not null
);

-- How far a group has come in a share. Everything of transactions below `xid` is settled (handled, parked or dead). Where a
-- window was too large to be taken at once, `until` is its end and everything in it up to `seq` is settled too.
-- `owner` is the process that may write the row.
create table event_cursors (
  group_id integer not null references event_groups on delete cascade,
  share smallint not null,
  xid xid8 not null,
  until xid8,
  seq bigint,
  owner uuid,
  primary key (group_id, share)
) with (fillfactor = 50);

-- Events that no longer hold the cursor back: they failed and wait for another attempt, wait behind one of their key that
-- did, or were taking long. In order of `seq` within a key; the first of a key carries its attempts.
create table event_parked (
  group_id integer not null references event_groups on delete cascade,
  share smallint not null,
  key text not null,
  seq bigint not null,
  type text not null,
  payload json not null,
  at timestamptz not null,
  attempts integer not null,
  due_at timestamptz not null,
  error text,
  primary key (group_id, share, key, seq)
);

create table event_dead_letters (
  group_id integer not null references event_groups on delete cascade,
  seq bigint not null,
  share smallint not null,
  key text not null,
  type text not null,
  payload json not null,
  at timestamptz not null,
  attempts integer not null,
  error text not null,
  failed_at timestamptz not null,
  primary key (group_id, seq)
);
