-- For which circles of its author a post is; for all who may see its author's where there are none.
alter table posts add column circles uuid[] not null default '{}';

-- The same where authors' posts are listed, so that a list asks for no more than its reader may see. Null: for all.
alter table author_posts add column circles uuid[];
create index author_posts_for_circles on author_posts (author_id, post_id) where circles is not null;
