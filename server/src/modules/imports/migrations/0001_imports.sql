-- Archives that members bring along.
create table imports (
  user_id uuid not null,
  import_id uuid not null,
  state text not null check (state in ('uploading', 'checking', 'checked', 'running', 'done', 'failed', 'removed')),
  source text,
  size bigint not null,
  multipart_id text not null,
  failure_code text,
  created_at timestamptz not null,
  -- When what is left of it goes by itself.
  expires_at timestamptz not null,
  primary key (user_id, import_id)
);
create unique index imports_under_way on imports (user_id) where state in ('uploading', 'checking', 'checked', 'running');
create index imports_expiring on imports (expires_at);

create table import_items (
  user_id uuid not null,
  import_id uuid not null,
  number integer not null,
  state text not null check (state in ('planned', 'left_out', 'known', 'processing', 'done', 'failed')),
  reason text,
  plan jsonb not null,
  fingerprint text not null,
  thing_id uuid,
  primary key (user_id, import_id, number)
);
create index import_items_by_state on import_items (user_id, import_id, state, number);

-- What was imported once, by its files, so that a second archive with it adds nothing.
create table imported_things (
  user_id uuid not null,
  fingerprint text not null,
  thing_id uuid not null,
  primary key (user_id, fingerprint)
);
-- By thing: whose import waits for it.
create table awaited_things (
  thing_id uuid primary key,
  user_id uuid not null,
  import_id uuid not null,
  number integer not null
);
create index awaited_things_by_import on awaited_things (user_id, import_id);
