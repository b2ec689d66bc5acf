-- Archives of members' data. `place`: how far the making is; null once it is over.
create table exports (
  user_id uuid not null,
  export_id uuid not null,
  state text not null check (state in ('waiting', 'making', 'ready', 'failed', 'removed')),
  place jsonb,
  done integer not null default 0,
  total integer not null default 0,
  size bigint not null default 0,
  created_at timestamptz not null,
  finished_at timestamptz,
  expires_at timestamptz,
  removed_at timestamptz,
  primary key (user_id, export_id)
);
-- One is made at a time.
create unique index exports_under_way on exports (user_id) where state in ('waiting', 'making');
create index exports_expiring on exports (expires_at) where state = 'ready';
create index exports_removed on exports (removed_at) where state = 'removed';

-- An archive is its pieces, one behind the other: each is an object of the store and holds whole entries of the ZIP.
create table export_pieces (
  user_id uuid not null,
  export_id uuid not null,
  number integer not null,
  size bigint not null,
  entries jsonb not null,             -- what the directory at its end says of them
  missing jsonb not null,             -- files that should have been in it, and were not there
  primary key (user_id, export_id, number)
);
