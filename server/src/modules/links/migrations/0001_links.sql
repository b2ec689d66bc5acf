-- Links that show one post to whoever has their address. The address is not here: it is made of the id and the server's secret.
create table private_links (
  owner_id uuid not null,
  link_id uuid not null,
  post_id uuid not null,
  password_hash text,
  expires_at timestamptz,
  opened_count integer not null default 0,
  primary key (owner_id, link_id)
);
create unique index private_links_by_id on private_links (link_id);
create index private_links_by_post on private_links (post_id);
create index private_links_by_expiry on private_links (expires_at) where expires_at is not null;
