-- What a document is made of is read after its version was taken: see SearchDocument in engines/search-index/port.ts.
create sequence search_versions;

-- The way of cutting words that the index was last made with; no row: never.
create table search_builds (
  one boolean primary key default true check (one),
  version integer not null
);

-- Hashtags (`#fog`) and places (`@porto`), with how many posts have them, and how many of those everybody may see.
create table search_labels (
  label text collate "C" primary key,
  name text not null,                 -- as it was last written
  lat double precision,
  lon double precision,
  posts integer not null,
  open_posts integer not null
);

-- What a post was counted under, so that counting it again counts the difference, and counting what was read before does nothing.
create table search_post_labels (
  post_id uuid primary key,
  labels text[] not null,
  is_open boolean not null,
  version bigint not null,
  -- Since when it is counted under nothing.
  emptied_at timestamptz
);
create index search_post_labels_emptied on search_post_labels (emptied_at) where emptied_at is not null;

-- Posts of a place; those of a hashtag are posts' own.
create table search_place_posts (
  label text collate "C" not null,
  post_id uuid not null,
  author_id uuid not null,
  primary key (label, post_id)
);

-- What members searched for, last first by `recent_id` (UUIDv7). `value`: a text, a member's id, a label.
create table search_recents (
  user_id uuid not null,
  recent_id uuid not null,
  kind text not null check (kind in ('text', 'user', 'label')),
  value text not null,
  primary key (user_id, kind, value)
);
-- Read when a member leaves.
create index search_recents_members on search_recents (value) where kind = 'user';
