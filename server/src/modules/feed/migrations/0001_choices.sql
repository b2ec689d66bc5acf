-- Members whose posts somebody wants to have in a feed of their own.
create table favourites (
  user_id uuid not null,
  favourite_id uuid not null,
  added_id uuid not null,        -- UUIDv7: when; orders the list
  primary key (user_id, favourite_id)
);
-- Read when an account is erased, and then alone.
create index favourites_by_favourite on favourites (favourite_id);

-- Hashtags whose public posts enter somebody's home feed, under both ends.
create table followed_tags (
  user_id uuid not null,
  tag text not null,
  primary key (user_id, tag)
);
create table tag_followers (
  tag text not null,
  user_id uuid not null,
  primary key (tag, user_id)
);

-- How much each part of the ranking counts for a member, in hundredths; who has no row has 100 of each.
create table feed_weights (
  user_id uuid primary key,
  popularity smallint not null check (popularity between 25 and 400),
  affinity smallint not null check (affinity between 25 and 400),
  recency smallint not null check (recency between 25 and 400)
);
