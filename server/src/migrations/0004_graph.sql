-- Every edge stands twice, once under each end: a list or a look-up from either side reads one partition. Both rows
-- are written in one transaction. `edge_id` (UUIDv7) says when, orders the lists and is their cursor.

create table following (
  follower_id uuid not null,
  followee_id uuid not null,
  edge_id uuid not null,
  primary key (follower_id, followee_id)
);
create index following_newest on following (follower_id, edge_id);
create table followers (
  followee_id uuid not null,
  follower_id uuid not null,
  edge_id uuid not null,
  primary key (followee_id, follower_id)
);
create index followers_newest on followers (followee_id, edge_id);

-- Requests that wait for an answer.
create table requested_follows (
  follower_id uuid not null,
  followee_id uuid not null,
  edge_id uuid not null,
  primary key (follower_id, followee_id)
);
create index requested_follows_newest on requested_follows (follower_id, edge_id);
create table follow_requests (
  followee_id uuid not null,
  follower_id uuid not null,
  edge_id uuid not null,
  primary key (followee_id, follower_id)
);
create index follow_requests_newest on follow_requests (followee_id, edge_id);

create table blocks (
  blocker_id uuid not null,
  blocked_id uuid not null,
  edge_id uuid not null,
  primary key (blocker_id, blocked_id)
);
create index blocks_newest on blocks (blocker_id, edge_id);
create table blocked_by (
  blocked_id uuid not null,
  blocker_id uuid not null,
  edge_id uuid not null,
  primary key (blocked_id, blocker_id)
);
create index blocked_by_newest on blocked_by (blocked_id, edge_id);

create table mutes (
  muter_id uuid not null,
  muted_id uuid not null,
  edge_id uuid not null,
  primary key (muter_id, muted_id)
);
create index mutes_newest on mutes (muter_id, edge_id);
create table muted_by (
  muted_id uuid not null,
  muter_id uuid not null,
  edge_id uuid not null,
  primary key (muted_id, muter_id)
);
create index muted_by_newest on muted_by (muted_id, edge_id);

create table follow_counts (
  user_id uuid primary key,
  followers_count integer not null,
  following_count integer not null
);

-- What has happened to the follows of a member and is not in follow_counts yet: written with the edge, moved into the
-- counts by a consumer in batches. Counts + waiting changes = the truth at every instant, however often a fact is told.
-- `actor_id` did it and sees it counted at once.
create table follow_count_changes (
  user_id uuid not null,
  actor_id uuid not null,
  change_id uuid not null,
  followers smallint not null,
  following smallint not null,
  primary key (user_id, actor_id, change_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
