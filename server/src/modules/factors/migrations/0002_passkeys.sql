-- Keys that members' devices hold. Whoever uses one says whose it is, so they are found by member.
create table passkeys (
  user_id uuid not null,
  passkey_id uuid not null,
  credential_id text collate "C" not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  primary key (user_id, passkey_id),
  unique (user_id, credential_id)
);

-- Challenges that were answered, until they would have run out anyway: each is good once.
create table passkey_challenges (
  challenge text collate "C" primary key,
  expires_at timestamptz not null
);
create index passkey_challenges_expired on passkey_challenges (expires_at);
