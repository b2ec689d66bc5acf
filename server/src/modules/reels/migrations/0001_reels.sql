-- Published reels, by author, by day and by the sound that they use: those whose sound is for others stand under their own.
create table author_reels (
  author_id uuid not null,
  post_id uuid not null,
  primary key (author_id, post_id)
);
create table recent_reels (
  day date not null,
  post_id uuid not null,
  author_id uuid not null,
  primary key (day, post_id)
);
create table sound_reels (
  sound_id uuid not null,
  post_id uuid not null,
  author_id uuid not null,
  primary key (sound_id, post_id)
);
-- Read when a reel leaves its list, and then alone.
create index sound_reels_by_post on sound_reels (post_id);

-- Of a reel: how often it was played, about; and by weights that grow with time instead of being decayed, how many watched it and
-- how much of it they saw.
create table reel_stats (
  post_id uuid primary key,
  plays integer not null,
  viewers double precision not null,
  worth double precision not null
) with (fillfactor = 80);
create index reel_stats_worth on reel_stats (worth);

-- What of a member was counted lately, so that it counts once: the newest 500, for a month.
create table reel_watches (
  user_id uuid not null,
  post_id uuid not null,
  worth real not null,
  watched_at timestamptz not null,
  primary key (user_id, post_id)
);
create index reel_watches_newest on reel_watches (user_id, watched_at);
create index reel_watches_oldest on reel_watches (watched_at);
create index reel_watches_by_post on reel_watches (post_id);
