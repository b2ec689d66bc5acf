-- When the member proved in this session that it is them: as it began, or since.
alter table sessions add column proven_at timestamptz;

-- Log-ins whose password was right, and that wait for a second step. The challenge itself is signed and stands nowhere.
create table login_challenges (
  user_id uuid not null,
  challenge_id uuid not null,
  tries integer not null default 0,
  -- Whether the account knew the device or network.
  is_known boolean not null,
  expires_at timestamptz not null,
  primary key (user_id, challenge_id)
);
create index login_challenges_expired on login_challenges (expires_at);
