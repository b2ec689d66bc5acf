-- What a member's authenticator app shares with us, sealed. `waiting` is not asked for yet: nobody has shown that their app has it.
create table totp_secrets (
  user_id uuid primary key,
  secret text,
  confirmed_at timestamptz,
  waiting text,
  -- The time step of the last code that was taken: only later ones are.
  last_step bigint not null default 0,
  -- Wrong codes in a row, and when the last was tried.
  failed integer not null default 0,
  failed_at timestamptz not null default 'epoch',
  check ((secret is null) = (confirmed_at is null))
);

-- Codes that are good once each, as keyed hashes; a row that is gone was used.
create table recovery_codes (
  user_id uuid not null,
  code_hash text collate "C" not null,
  primary key (user_id, code_hash)
);
