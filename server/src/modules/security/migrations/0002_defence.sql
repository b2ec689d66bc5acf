alter table security_settings add column challenge text not null default 'auto' check (challenge in ('auto', 'on', 'off'));

-- Challenges that were answered: each is good once.
create table spent_challenges (
  challenge text primary key,
  expires_at timestamptz not null
);
create index spent_challenges_end on spent_challenges (expires_at);

-- What was tried and what was changed, so many times within a second or so. Of IPv6 the network alone.
create table security_events (
  event_id uuid primary key,
  at timestamptz not null,
  kind text not null,
  times integer not null,
  address text,
  member_id uuid
);
create index security_events_member on security_events (member_id) where member_id is not null;

-- Who does what people do not. `source`: the address, the member, or the account that is tried (by a keyed hash of its name).
create table security_patterns (
  kind text not null,
  source text not null,
  address text,
  member_id uuid,
  seen integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (kind, source)
);
create index security_patterns_last on security_patterns (last_at);
create index security_patterns_member on security_patterns (member_id) where member_id is not null;
