-- Who has a home timeline in the timeline store. Entries from `floor` up are all there; below it some may be missing and
-- the authors are asked instead. Null: the timeline holds all there is. A member without a row, or not seen for long, gets no fan-out and is rebuilt on their return.
create table timelines (
  user_id uuid primary key,
  last_read_at timestamptz not null,
  floor uuid
);

-- Authors whose posts are pulled at read time instead of pushed. Once in, an author stays: what was not pushed to
-- anyone must go on being pulled.
create table celebrities (
  author_id uuid primary key,
  since timestamptz not null
);

-- What a member did to an author's posts; the source of affinity. One row per deed, so that a fact told twice counts once.
create table interactions (
  user_id uuid not null,
  author_id uuid not null,
  post_id uuid not null,
  kind smallint not null,        -- 1 like, 2 comment, 3 save
  primary key (user_id, author_id, post_id, kind)
);
