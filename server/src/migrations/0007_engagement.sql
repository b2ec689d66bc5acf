-- Likes of posts. `like_id` (UUIDv7) says when and orders the list.
create table likes (
  post_id uuid not null,
  user_id uuid not null,
  like_id uuid not null,
  primary key (post_id, user_id)
);
create index likes_newest on likes (post_id, like_id);
-- Read when an account is erased, and then alone; a second table would double the write of every like for it.
create index likes_by_user on likes (user_id);

-- Threads are two levels deep: `parent_comment_id` is null or a top-level comment of the same post.
create table comments (
  post_id uuid not null,
  comment_id uuid not null,
  parent_comment_id uuid,
  user_id uuid not null,
  text text not null,
  facets jsonb not null,
  primary key (post_id, comment_id)
);
create index comments_top on comments (post_id, comment_id) where parent_comment_id is null;
create index comments_replies on comments (post_id, parent_comment_id, comment_id) where parent_comment_id is not null;
create index comments_by_user on comments (user_id);

-- The way from a comment's id to its partition.
create table comment_posts (
  comment_id uuid primary key,
  post_id uuid not null
);

create table comment_likes (
  post_id uuid not null,
  comment_id uuid not null,
  user_id uuid not null,
  primary key (post_id, comment_id, user_id)
);
create index comment_likes_by_user on comment_likes (user_id);

-- `save_id` (UUIDv7) orders what one has saved.
create table saves (
  user_id uuid not null,
  post_id uuid not null,
  save_id uuid not null,
  primary key (user_id, post_id)
);
create index saves_newest on saves (user_id, save_id);
-- Read when a post is erased, and then alone.
create index saves_by_post on saves (post_id);

-- `erased`: the post is gone; whatever reaches its rows late is swept away again.
create table post_counters (
  post_id uuid primary key,
  likes_count integer not null default 0,
  comments_count integer not null default 0,
  erased boolean not null default false
) with (fillfactor = 70);

-- `comments_count` of a comment: its replies. Apart from the comments, whose rows are wide.
create table comment_counters (
  post_id uuid not null,
  comment_id uuid not null,
  likes_count integer not null default 0,
  comments_count integer not null default 0,
  primary key (post_id, comment_id)
) with (fillfactor = 70);

-- What has happened to a post (`comment_id` null) or to a comment and is not in its counters yet: written with the
-- like or the comment, moved into the counters by a consumer in batches. Counters + waiting changes = the truth at
-- every instant, however often a fact is told. `user_id` did it and sees it counted at once.
create table counter_changes (
  post_id uuid not null,
  user_id uuid not null,
  change_id uuid not null,
  comment_id uuid,
  likes integer not null,
  comments integer not null,
  primary key (post_id, user_id, change_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
