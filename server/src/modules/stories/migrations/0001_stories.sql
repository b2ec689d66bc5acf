-- A story is seen for 24 hours from the time that its id holds (UUIDv7); what is older is kept by the archive (`saved`) or by
-- highlights alone. The picture is media of the kind `story`.
create table stories (
  story_id uuid primary key,
  author_id uuid not null,
  status text not null check (status in ('processing', 'published', 'failed')),
  failure_code text,
  media_id uuid not null,
  alt_text text not null,
  stickers jsonb not null,            -- as the contract's NewSticker, mentions with the id that they mean
  audience text not null check (audience in ('followers', 'close_friends')),
  replies text not null check (replies in ('everyone', 'following', 'off')),
  saved boolean not null,             -- in the author's archive; as they had set it when they posted
  highlights integer not null default 0 check (highlights >= 0)  -- how many hold it
);
-- What nothing keeps, by age; it goes when its time is over.
create index stories_passing on stories (story_id) where not saved and highlights = 0;

-- By author: what the row of stories and the archive are read from.
create table author_stories (
  author_id uuid not null,
  story_id uuid not null,
  audience text not null,
  published boolean not null default false,
  created_at timestamptz not null,
  primary key (author_id, story_id)
);

-- Who has seen a story, once each, with their reaction. `view_id` (UUIDv7) says when and orders the list.
create table story_views (
  story_id uuid not null,
  viewer_id uuid not null,
  view_id uuid not null,
  reaction text,
  primary key (story_id, viewer_id)
);
create index story_views_newest on story_views (story_id, view_id);

-- The same by viewer, of whom it is asked with every row of stories.
create table seen_stories (
  viewer_id uuid not null,
  story_id uuid not null,
  primary key (viewer_id, story_id)
);

-- One answer of a member to a sticker (its place in the story): a choice, a value or a text, as the sticker wants.
create table story_answers (
  story_id uuid not null,
  user_id uuid not null,
  sticker smallint not null,
  answer_id uuid not null,
  choice smallint,
  value real,
  text text,
  primary key (story_id, user_id, sticker),
  check (num_nonnulls(choice, value, text) = 1)
);
create index story_answers_newest on story_answers (story_id, answer_id);
-- Read when an account is erased, and then alone.
create index story_answers_by_user on story_answers (user_id);

-- Members in the lists that others keep for stories, under both ends. `entry_id` (UUIDv7) orders a list.
create table story_lists (
  owner_id uuid not null,
  list text not null check (list in ('close_friends', 'hidden_from', 'muted')),
  member_id uuid not null,
  entry_id uuid not null,
  primary key (owner_id, list, member_id)
);
create index story_lists_newest on story_lists (owner_id, list, entry_id);
create table story_listings (
  member_id uuid not null,
  list text not null,
  owner_id uuid not null,
  primary key (member_id, list, owner_id)
);

create table highlights (
  user_id uuid not null,
  highlight_id uuid not null,
  title text not null,
  cover_story_id uuid not null,
  story_ids uuid[] not null,          -- in the order shown
  primary key (user_id, highlight_id)
);
-- The way from a highlight's id to its partition.
create table highlight_owners (
  highlight_id uuid primary key,
  user_id uuid not null
);

create table story_settings (
  user_id uuid primary key,
  save_to_archive boolean not null
);
