-- When the address was proven to be the member's; null: not yet.
alter table users add column email_verified_at timestamptz;

-- Links that were mailed: each is good once, until then, for the address that the account had. The link itself is signed and stands nowhere.
create table account_links (
  user_id uuid not null,
  link_id uuid not null,
  purpose text not null,
  email text not null,
  -- Of what was typed, as failed log-ins are counted: so many links an hour, whether or not somebody has the name.
  asked text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (user_id, link_id)
);
create index account_links_expired on account_links (expires_at);

-- An address that is to take the place of another: at most one for a member.
create table email_changes (
  user_id uuid primary key,
  change_id uuid not null,
  email text not null,
  old_confirmed_at timestamptz,
  new_confirmed_at timestamptz,
  expires_at timestamptz not null
);
