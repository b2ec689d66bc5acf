-- A named folder of posts. Its owner is a member of it like the others.
create table collections (
  collection_id uuid primary key,
  owner_id uuid not null,
  name text not null check (char_length(name) between 1 and 50),
  members smallint not null default 1 check (members between 1 and 33)  -- its owner is one of them
);

-- Who is in it. `entry_id` (UUIDv7) orders them by when they came.
create table collection_members (
  collection_id uuid not null,
  user_id uuid not null,
  entry_id uuid not null,
  primary key (collection_id, user_id)
);

-- The same by member, of whom it is asked with every list.
create table member_collections (
  user_id uuid not null,
  collection_id uuid not null,
  owner_id uuid not null,
  primary key (user_id, collection_id)
);

-- How many a member is in: the row that decides when two are made at once.
create table member_collection_counts (
  user_id uuid primary key,
  collections smallint not null check (collections between 0 and 500)
);

-- What is in it. `entry_id` (UUIDv7) orders a page. Who put it in is not kept.
create table collection_posts (
  collection_id uuid not null,
  post_id uuid not null,
  entry_id uuid not null,
  primary key (collection_id, post_id)
);
create index collection_posts_newest on collection_posts (collection_id, entry_id);
-- Read when a post is deleted, and then alone.
create index collection_posts_by_post on collection_posts (post_id);
