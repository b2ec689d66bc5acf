-- From where no account can be made. `network` is the range of one that names addresses.
create table registration_bans (
  ban_id uuid primary key,
  kind text not null check (kind in ('email_domain', 'ip_range')),
  value text not null,
  network cidr,
  note text not null,
  created_at timestamptz not null,
  expires_at timestamptz
);

-- Words that nobody writes here, or not without somebody having looked.
create table blocked_words (
  word text primary key,
  action text not null check (action in ('hold', 'refuse'))
);
