-- Who may comment generalises whether anybody may.
alter table posts
  add column comments_from text not null default 'everyone'
    check (comments_from in ('everyone', 'following', 'followers', 'mentioned', 'off')),
  add column likes_hidden boolean not null default false;
update posts set comments_from = 'off' where not comments_enabled;
alter table posts drop column comments_enabled;

-- What a member has set for posts to come; who has set nothing has no row.
create table post_settings (
  user_id uuid primary key,
  comments_from text not null check (comments_from in ('everyone', 'following', 'followers', 'mentioned', 'off')),
  likes_hidden boolean not null,
  filtered_words text[] not null check (cardinality(filtered_words) <= 200)
);
