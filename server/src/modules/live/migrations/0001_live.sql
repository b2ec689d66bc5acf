create table lives (
  live_id uuid primary key,
  host_id uuid not null,
  title text not null,
  audience text not null check (audience in ('public', 'followers')),
  source text not null check (source in ('browser', 'encoder')),
  status text not null check (status in ('waiting', 'live', 'ended')),
  removed boolean not null default false,   -- by moderators of the community
  opened_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  fed_at timestamptz not null,              -- the last sign that a process is fed it
  runs integer not null default 0,          -- how often its source began
  slow_seconds smallint not null default 0,
  comments_open boolean not null default true,
  pinned_id uuid,
  recorded boolean not null default false,  -- segments of it are kept
  replay_post_id uuid
);
-- Those that somebody has to end should their process have died.
create index lives_open on lives (fed_at) where status <> 'ended';
-- Whose recording is given up when its time is over.
create index lives_recorded on lives (ended_at) where recorded;

-- By host; a member has one open at a time.
create table member_lives (
  host_id uuid not null,
  live_id uuid not null,
  open boolean not null,
  primary key (host_id, live_id)
);
create unique index member_lives_open on member_lives (host_id) where open;

-- What changes every second.
create table live_counts (
  live_id uuid primary key,
  hearts bigint not null default 0,
  viewers_peak integer not null default 0
);
-- Who watches, by process that serves them; a process that died is left out by its time.
create table live_audiences (
  live_id uuid not null,
  process_id uuid not null,
  viewers integer not null,
  seen_at timestamptz not null,
  primary key (live_id, process_id)
);

-- Pieces of the recording, in the object store.
create table live_segments (
  live_id uuid not null,
  msn integer not null,
  run integer not null,
  bytes integer not null,
  primary key (live_id, msn)
);

create table live_comments (
  live_id uuid not null,
  comment_id uuid not null,
  user_id uuid not null,
  text text not null,
  primary key (live_id, comment_id)
);
-- Read when an account is erased, and then alone.
create index live_comments_by_user on live_comments (user_id);
-- When a member said something last, for slow mode.
create table live_talkers (
  live_id uuid not null,
  user_id uuid not null,
  spoke_at timestamptz not null,
  primary key (live_id, user_id)
);
create index live_talkers_by_user on live_talkers (user_id);

create table live_people (
  live_id uuid not null,
  user_id uuid not null,
  part text not null check (part in ('moderator', 'removed')),
  primary key (live_id, user_id)
);
create index live_people_by_user on live_people (user_id);

-- SHA-256 of the key that a member's programs send with.
create table stream_keys (
  user_id uuid primary key,
  key_hash bytea not null,
  created_at timestamptz not null
);
