-- What other programs are, and what members have allowed them. Secrets, tokens and codes stand as keyed hashes; whoever reads this has none.

create table apps (
  app_id uuid primary key,
  -- Who made it; null: it registered itself (RFC 7591).
  owner_id uuid,
  name text not null,
  website text,
  redirect_uris text[] not null,
  -- Null: it keeps no secret, and proves itself by PKCE.
  secret_hash text collate "C",
  scopes text[] not null,
  created_at timestamptz not null,
  -- When a member first allowed it something; one that registered itself is forgotten where nobody does.
  claimed_at timestamptz
);
create index apps_unclaimed on apps (created_at) where owner_id is null and claimed_at is null;

-- Those that a member has made.
create table member_apps (
  user_id uuid not null,
  app_id uuid not null,
  primary key (user_id, app_id)
);

-- What a member allowed an app once (a family of tokens), or a token of their own (no app, but a name).
create table app_grants (
  user_id uuid not null,
  grant_id uuid not null,
  app_id uuid,
  name text,
  scopes text[] not null,
  created_at timestamptz not null,
  used_at timestamptz,
  -- Null: until it is ended.
  expires_at timestamptz,
  primary key (user_id, grant_id)
);
create index app_grants_expired on app_grants (expires_at);

-- The same by app, for when it is removed.
create table app_members (
  app_id uuid not null,
  user_id uuid not null,
  grant_id uuid not null,
  primary key (app_id, user_id, grant_id)
);

create table app_tokens (
  user_id uuid not null,
  token_hash text collate "C" not null,
  grant_id uuid not null,
  kind text not null check (kind in ('access', 'refresh')),
  scopes text[] not null,
  expires_at timestamptz,
  -- Of a refresh token: when it was exchanged. A second time, later, ends the grant.
  used_at timestamptz,
  primary key (user_id, token_hash),
  foreign key (user_id, grant_id) references app_grants on delete cascade
);
create index app_tokens_of_grant on app_tokens (user_id, grant_id);
create index app_tokens_expired on app_tokens (expires_at);

-- Of apps in nobody's name (client_credentials).
create table app_client_tokens (
  app_id uuid not null references apps on delete cascade,
  token_hash text collate "C" not null,
  token_id uuid not null,
  expires_at timestamptz not null,
  primary key (app_id, token_hash)
);
create index app_client_tokens_expired on app_client_tokens (expires_at);

-- given -> used_at (exchanged, whatever comes of it) -> redeemed (its grant is there). reused: somebody came with it again.
create table app_codes (
  user_id uuid not null,
  code_hash text collate "C" not null,
  grant_id uuid not null,
  app_id uuid not null,
  scopes text[] not null,
  redirect_uri text not null,
  code_challenge text,
  expires_at timestamptz not null,
  used_at timestamptz,
  redeemed boolean not null default false,
  reused boolean not null default false,
  primary key (user_id, code_hash)
);
create index app_codes_expired on app_codes (expires_at);

-- By the code that a member types; the device's own code has it within. waiting -> allowed | denied -> gone.
create table app_device_codes (
  user_code_hash text collate "C" primary key,
  device_hash text collate "C" not null,
  app_id uuid not null,
  scopes text[] not null,
  state text not null default 'waiting' check (state in ('waiting', 'allowed', 'denied')),
  user_id uuid,
  polled_at timestamptz,
  expires_at timestamptz not null
);
create index app_device_codes_expired on app_device_codes (expires_at);
