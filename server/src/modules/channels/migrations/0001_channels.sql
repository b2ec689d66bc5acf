-- Devices that asked to be told, by member; each belongs to a session and ends with it.
create table push_subscriptions (
  user_id uuid not null,
  subscription_id uuid not null,
  session_id uuid not null,
  kind text not null,
  -- The endpoint of a browser, or the token of an app.
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  host text not null,
  created_at timestamptz not null,
  primary key (user_id, subscription_id)
);
create index push_subscriptions_by_session on push_subscriptions (session_id);

-- Whose a device is: one member's at a time, whoever used it before. By the hash of its endpoint.
create table push_endpoints (
  endpoint_hash text primary key,
  user_id uuid not null,
  subscription_id uuid not null
);
create index push_endpoints_by_user on push_endpoints (user_id);

-- What a device is to show, by tag. Due: to be looked at then; shown: it was told, and has to be taken away or brought up to date.
create table push_queue (
  user_id uuid not null,
  subscription_id uuid not null,
  source text not null,
  subject_id uuid not null,
  -- 0 goes before 1.
  lane smallint not null,
  host text not null,
  due_at timestamptz,
  lease_until timestamptz,
  attempts int not null default 0,
  shown_at timestamptz,
  shown_version text,
  created_at timestamptz not null,
  primary key (user_id, subscription_id, source, subject_id)
);
-- The next ones of a host, messages first.
create index push_queue_due on push_queue (host, lane, due_at) where due_at is not null;
create index push_queue_age on push_queue (created_at);

-- Hosts that asked to wait, or did not answer.
create table push_hosts (
  host text primary key,
  hold_until timestamptz not null,
  failures int not null
);

-- What members chose; those who chose nothing have no row.
create table notice_preferences (
  user_id uuid primary key,
  choices jsonb not null
);

-- When a member's next daily mail is due, if they have not seen by then what it would tell.
create table digests (
  user_id uuid primary key,
  due_at timestamptz not null,
  -- Of what was begun since then.
  since timestamptz not null
);
create index digests_due on digests (due_at);
