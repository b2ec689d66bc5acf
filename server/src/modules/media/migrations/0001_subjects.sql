-- What a picture is attached to, for which purpose, and until when. A picture that is attached to nothing is nobody's to see. Until now
-- a picture without a post was an avatar.
alter table media
  add column subject_kind text,
  add column subject_id uuid,
  add column subject_partition uuid,
  add column purpose text,
  add column expires_at timestamptz;  -- gone from then on; null: kept as long as what it is attached to
update media set
  subject_kind = case when post_id is null then 'member' else 'post' end,
  subject_id = coalesce(post_id, owner_id),
  subject_partition = coalesce(post_id, owner_id),
  purpose = case when post_id is null then 'avatar' else 'post' end;
alter table media
  alter column purpose set not null,
  add constraint media_subject check (num_nulls(subject_kind, subject_id, subject_partition) in (0, 3)),
  drop column post_id;
-- For what ends with its subject, or by itself.
create index media_by_subject on media (subject_id) where released_at is null;
create index media_by_expiry on media (expires_at) where expires_at is not null and released_at is null;
