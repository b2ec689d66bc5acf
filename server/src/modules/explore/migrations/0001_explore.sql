-- What a member did to posts lately, some of the newest of each: what they like is known by it. `kinds` is a set of bits (1 liked, 2 commented,
-- 4 saved); 0: they took it back, and doing it anew counts no second time.
create table engagements (
  user_id uuid not null,
  post_id uuid not null,
  kinds smallint not null,
  engaged_at timestamptz not null,
  primary key (user_id, post_id)
);
create index engagements_newest on engagements (user_id, engaged_at);

-- How often two posts were engaged with by one member, each pair under both its ends. Weights grow with time instead of being
-- decayed (see decay.ts).
create table co_engagements (
  post_id uuid not null,
  other_id uuid not null,
  weight double precision not null,
  primary key (post_id, other_id)
) with (fillfactor = 80);

-- Of a post: how many engaged with it, as a weight of the same kind; and how much happens just now, as a logarithm.
create table post_heat (
  post_id uuid primary key,
  weight double precision not null,
  fast double precision not null
) with (fillfactor = 80);
create index post_heat_hottest on post_heat (fast);

-- Of an author's posts together over weeks, as a logarithm: what their posts usually get, and who is popular here.
create table author_heat (
  author_id uuid primary key,
  slow double precision not null
) with (fillfactor = 80);
create index author_heat_hottest on author_heat (slow);

-- The access path of a place, by its name as names are compared.
create table place_posts (
  place text not null,
  post_id uuid not null,
  primary key (place, post_id)
);
create index place_posts_by_post on place_posts (post_id);

-- What a member was given to explore: a visit is a session of windows, each an order that stays. The first `shown` of a window were on
-- their screen. `reasons` says of each post why it was chosen, by its place.
create table explore_windows (
  user_id uuid not null,
  session_id uuid not null,
  number smallint not null,
  post_ids uuid[] not null,
  reasons jsonb not null,
  shown smallint not null default 0,
  phase smallint not null,       -- 0 chosen, 1 newest first, 2 the same with what they have seen
  before uuid,                   -- where the newest that were read ended
  primary key (user_id, session_id, number)
);
create index explore_windows_session on explore_windows (session_id);

-- What a member does not want: this post (1), posts of this author (2), this member among suggestions (3).
create table explore_refusals (
  user_id uuid not null,
  kind smallint not null,
  subject_id uuid not null,
  refused_at timestamptz not null,
  primary key (user_id, kind, subject_id)
);
-- Read when a member or a post is erased, and then alone.
create index explore_refusals_subject on explore_refusals (subject_id);
