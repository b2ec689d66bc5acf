-- Failed log-ins by what was typed as the name, as a keyed hash. `level` decides how long strangers wait; `failed` is what the member,
-- if one goes by that name or address, is told.
create table login_failures (
  account text collate "C" primary key,
  user_id uuid,
  level integer not null,
  failed integer not null,
  failed_since timestamptz not null,
  last_failed_at timestamptz not null
);
create index login_failures_member on login_failures (user_id);
create index login_failures_last on login_failures (last_failed_at);

-- Networks that were told to wait before they may try an account again.
create table login_waits (
  account text collate "C" not null,
  network text collate "C" not null,
  due_at timestamptz not null,
  primary key (account, network)
);
create index login_waits_due on login_waits (due_at);

-- Networks from which a member has logged in.
create table login_networks (
  user_id uuid not null,
  network text collate "C" not null,
  last_at timestamptz not null,
  primary key (user_id, network)
);
create index login_networks_last on login_networks (last_at);
