-- Whose acts a member holds back, and until when; a row whose time is over says nothing.
create table interaction_limits (
  user_id uuid primary key,
  accounts text not null check (accounts in ('strangers', 'new_followers', 'both')),
  -- A follow is new from this edge on (UUIDv7).
  new_from uuid not null,
  ends_at timestamptz not null
);
create index interaction_limits_due on interaction_limits (ends_at);
