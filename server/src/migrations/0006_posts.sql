-- Posts by id; the pictures of a post are part of its row (at most ten, always read together), so that hydrating a
-- feed page is one index read per post. Whether each picture is ready stands with the media module.
create table posts (
  post_id uuid primary key,
  author_id uuid not null,
  status text not null check (status in ('processing', 'published', 'failed')),
  failure_code text,
  media jsonb not null,          -- [{ media_id, alt_text }]
  caption text not null,
  facets jsonb not null,
  location jsonb,                -- { name, lat?, lon? }
  comments_enabled boolean not null default true,
  created_at timestamptz not null,
  edited_at timestamptz
);

-- The author's access path: profile grid, the pull side of the home feed, erasure of an account.
create table author_posts (
  author_id uuid not null,
  post_id uuid not null,
  published boolean not null,
  primary key (author_id, post_id)
);

create table author_post_counts (
  author_id uuid primary key,
  posts_count integer not null
);

-- The hashtag's access path.
create table tag_posts (
  tag text not null,
  post_id uuid not null,
  author_id uuid not null,
  primary key (tag, post_id)
);

-- What explore draws from: one row per published post of a public author, in buckets of a day (UTC) so that one
-- day's posts stand together and old days are never touched.
create table recent_posts (
  day date not null,
  post_id uuid not null,
  author_id uuid not null,
  primary key (day, post_id)
);
