-- Who is asked to be an author of a post beside the one who made it, and who is: [{ user_id, state }], `state` invited, accepted or
-- declined. Part of the row, so that a page of posts costs no look-up more.
alter table posts add column collaborators jsonb not null default '[]';

-- The member's access path, for those asked and those who are.
create table collaborations (
  user_id uuid not null,
  post_id uuid not null,
  author_id uuid not null,
  accepted boolean not null,
  primary key (user_id, post_id)
);
create index collaborations_by_author on collaborations (author_id, post_id);

-- Whose post it is, where it stands in the list of another of its authors.
alter table author_posts add column owner_id uuid;
