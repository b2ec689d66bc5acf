-- Who is in the pictures of a post: [{ user_id, state, spots: [{ media_id, x, y }] }], `state` shown, pending or removed. Part of
-- the row, so that a page of posts costs no look-up more.
alter table posts add column people jsonb not null default '[]';

-- The member's access path: what they are tagged in, shown or pending.
create table tagged_posts (
  user_id uuid not null,
  post_id uuid not null,
  author_id uuid not null,
  pending boolean not null,
  primary key (user_id, post_id)
);
create index tagged_posts_pending on tagged_posts (user_id, post_id) where pending;
create index tagged_posts_by_author on tagged_posts (user_id, author_id);

alter table post_settings add column tags_from text not null default 'anyone'
  check (tags_from in ('anyone', 'following', 'nobody'));
