-- Members. A deleted one stays as a row without content (`deleted_at`), so that its id is never anybody else.
create table users (
  user_id uuid primary key,
  username text not null,
  email text not null,
  password_hash text not null,
  full_name text not null default '',
  bio text not null default '',
  link text,
  role text not null default 'member' check (role in ('member', 'owner')),
  is_private boolean not null default false,
  -- Part of every signature of a media URL; raising it makes the URLs given out so far worthless.
  media_epoch integer not null default 0,
  avatar_media_id uuid,
  -- Being processed; takes the avatar's place once it is ready.
  next_avatar_media_id uuid,
  -- Names given up lately and still held for this member.
  held_usernames text[] not null default '{}',
  created_at timestamptz not null,
  deleted_at timestamptz
);

-- Uniqueness of names lives in tables of their own, partitioned by the name. Names and addresses are in lower case.
-- After a rename the old name is held for its member (`held_until`): nobody else can step into their shoes meanwhile.
create table usernames (
  username text collate "C" primary key,
  user_id uuid not null,
  held_until timestamptz
);
create table emails (
  email text collate "C" primary key,
  user_id uuid not null
);

-- Autocomplete: one row per word a member can be found by (username, words of the full name; lower case, no accents).
-- `terms` repeats all words of the member, so that a row can tell whether it is their first match.
create table name_terms (
  term text collate "C" not null,
  user_id uuid not null,
  terms text[] not null,
  primary key (term, user_id)
);

-- Apart from `users`, whose rows are wide and change seldom. Written at most hourly per member.
create table user_activity (
  user_id uuid primary key,
  last_active_at timestamptz not null
) with (fillfactor = 70);

-- A session is alive while its row is there. `generation` counts the refresh tokens it has had.
create table sessions (
  user_id uuid not null,
  session_id uuid not null,
  generation integer not null,
  rotated_at timestamptz not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  user_agent text not null,
  ip text not null,
  primary key (user_id, session_id)
);
create index sessions_expiry on sessions (expires_at);

-- The community itself: one row. Who becomes the owner is decided by a lock on it.
create table instance (
  id smallint primary key check (id = 1),
  name text not null,
  description text not null,
  registration text not null check (registration in ('open', 'invitation', 'closed')),
  owner_id uuid
);
insert into instance (id, name, description, registration) values (1, 'Tintype', '', 'open');

create table invitations (
  code text collate "C" primary key,
  created_by uuid not null,
  expires_at timestamptz not null,
  used_by uuid
);

-- Replies by Idempotency-Key. A row without a status is claimed by an attempt that runs, until `locked_until`.
create table idempotency_keys (
  user_id uuid not null,
  key text collate "C" not null,
  request_hash bytea not null,
  reserved_id uuid not null,
  locked_until timestamptz not null,
  expires_at timestamptz not null,
  status smallint,
  body text,
  primary key (user_id, key)
);
create index idempotency_keys_expiry on idempotency_keys (expires_at);
