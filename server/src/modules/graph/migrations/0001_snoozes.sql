-- Mutes that end by themselves.
create table snoozes (
  muter_id uuid not null,
  muted_id uuid not null,
  ends_at timestamptz not null,
  primary key (muter_id, muted_id)
);
create index snoozes_due on snoozes (ends_at);
-- Read when an account is erased, and then alone.
create index snoozes_muted on snoozes (muted_id);
