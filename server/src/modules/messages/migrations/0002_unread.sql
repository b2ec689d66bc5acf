-- The newest message of somebody else: only above it can anything be unread, so that whoever speaks last in many conversations has none of
-- them looked through for their badge.
alter table inbox add column other_id uuid;
update inbox set other_id = active_id;
create index inbox_unread on inbox (user_id)
  where status = 'accepted' and not muted and other_id is not null and (seen_up_to is null or seen_up_to < other_id);
