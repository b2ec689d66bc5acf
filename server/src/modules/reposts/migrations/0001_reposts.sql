-- Whose posts a member has passed on to their followers. `repost_id` (UUIDv7) orders the list on their profile.
create table reposts (
  user_id uuid not null,
  post_id uuid not null,
  repost_id uuid not null,
  author_id uuid not null,
  primary key (user_id, post_id)
);
create index reposts_newest on reposts (user_id, repost_id desc);

-- The same by post, of which feeds ask who has passed it on.
create table post_reposts (
  post_id uuid not null,
  user_id uuid not null,
  repost_id uuid not null,
  primary key (post_id, user_id)
);
create index post_reposts_newest on post_reposts (post_id, repost_id desc);

-- The same by author: what ends with a block.
create table author_reposts (
  author_id uuid not null,
  user_id uuid not null,
  post_id uuid not null,
  primary key (author_id, user_id, post_id)
);

create table repost_counters (
  post_id uuid primary key,
  reposts_count integer not null default 0
);
create table repost_counter_changes (
  post_id uuid not null,
  actor_id uuid not null,
  change_id uuid not null,
  reposts integer not null,
  primary key (post_id, actor_id, change_id)
);

-- Who does not want their posts passed on.
create table repost_refusals (
  user_id uuid primary key
);
create table repost_mutes (
  user_id uuid not null,
  muted_id uuid not null,
  mute_id uuid not null,
  primary key (user_id, muted_id)
);
-- Read when a member leaves.
create index repost_mutes_by_muted on repost_mutes (muted_id);
