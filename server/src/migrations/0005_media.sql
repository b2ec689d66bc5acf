-- Files on their way in. A row stands before its object does, and outlives it: whatever is in the object store can be
-- found from here, and a link that was signed but never used is known until it has expired.
create table uploads (
  owner_id uuid not null,
  upload_id uuid not null,
  content_type text not null,         -- as announced
  size integer not null,
  sha256 text,                        -- as announced
  object_key text not null,
  multipart_id text,
  state text not null check (state in ('pending', 'used', 'cancelled')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (owner_id, upload_id)
);
create index uploads_by_expiry on uploads (expires_at);

-- Pictures of posts and avatars (post_id null). Renditions and what stands in for them while they load are part of the
-- row, because they are always read together.
create table media (
  media_id uuid primary key,
  owner_id uuid not null,
  post_id uuid,
  state text not null check (state in ('processing', 'ready', 'failed', 'released')),
  original_key text not null,
  original_type text not null,        -- as found in the bytes
  original_sha256 text not null,
  edit jsonb not null,
  recipe text not null,               -- names the renditions: a hash of the original, the edit and the pipeline
  width integer,
  height integer,
  thumbhash text,
  dominant_color text,
  renditions jsonb,                   -- [{ name, key, width, height, content_type, size }], largest first
  created_at timestamptz not null,
  released_at timestamptz             -- failed or released: files go after a grace period
);
-- For erasing an account; rare enough to ask every shard.
create index media_by_owner on media (owner_id, media_id);
create index media_by_release on media (released_at) where released_at is not null;

-- Renditions are stored once per recipe and shared by all media of that recipe.
create table rendition_sets (
  recipe text primary key,
  state text not null check (state in ('live', 'deleting')),
  unused_since timestamptz            -- set when the last reference went
);
create index rendition_sets_unused on rendition_sets (unused_since) where unused_since is not null;

create table rendition_refs (
  recipe text not null,
  media_id uuid not null,
  primary key (recipe, media_id)
);
