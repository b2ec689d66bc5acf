-- Comments with a filtered word. Apart from `comments`, so that nothing that reads those can show one: approved, it moves there.
-- `answered_user_id` wrote what it answers.
create table held_comments (
  post_id uuid not null,
  comment_id uuid not null,
  parent_comment_id uuid,
  user_id uuid not null,
  author_id uuid not null,
  answered_user_id uuid,
  text text not null,
  facets jsonb not null,
  primary key (post_id, comment_id)
);
create index held_comments_of_author on held_comments (author_id, comment_id);
create index held_comments_by_id on held_comments (comment_id);
create index held_comments_by_user on held_comments (user_id);

-- Pinned comments of a post in their order; that it is one row decides who is the last to find room.
create table comment_pins (
  post_id uuid primary key,
  comment_ids uuid[] not null check (cardinality(comment_ids) <= 3)
);
