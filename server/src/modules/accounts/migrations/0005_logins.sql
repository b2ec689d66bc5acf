-- What members are told of their log-ins, for 90 days; the newest of each.
create table logins (
  user_id uuid not null,
  login_id uuid not null,
  method text not null,
  -- What it began: a session, or what an app was allowed.
  session_id uuid,
  app text,
  user_agent text not null,
  network text not null,
  at timestamptz not null,
  primary key (user_id, login_id)
);
create index logins_at on logins (at);

-- Tries that failed: one row for a member, a day, and what was tried (a keyed hash of the name, or of the second step), whoever tries how often.
-- Names that nobody has are counted alike, and forgotten a day later.
create table failed_logins (
  user_id uuid not null,
  tried text not null,
  day date not null,
  login_id uuid not null,
  method text not null,
  count integer not null,
  user_agent text not null,
  network text not null,
  last_at timestamptz not null,
  primary key (user_id, tried, day)
);
create index failed_logins_at on failed_logins (last_at);
