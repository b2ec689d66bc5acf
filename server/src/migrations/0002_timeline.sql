-- Home timelines: see server/src/engines/timeline-store/postgres.ts. `author_id` lies in the index, so that a page is
-- one range of one index. The second index takes deleted posts out; its many equal keys shrink to a few bytes each.
create table timeline_entries (
  user_id uuid not null,
  post_id uuid not null,
  author_id uuid not null,
  primary key (user_id, post_id) include (author_id)
) partition by hash (user_id);

do $$
begin
  for part in 0..15 loop
    execute format(
      'create table timeline_entries_%s partition of timeline_entries for values with (modulus 16, remainder %s)',
      lpad(part::text, 2, '0'), part);
  end loop;
end $$;

create index timeline_entries_post on timeline_entries (post_id);
