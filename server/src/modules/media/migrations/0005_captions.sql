-- What is said in a film, as its owner wrote it down (WebVTT, cleaned). The text beside, as it is read by players alone.
create table media_captions (
  media_id uuid primary key,
  owner_id uuid not null,
  language text not null,
  vtt text not null
);
-- Read when a member's archive is made.
create index media_captions_by_owner on media_captions (owner_id, media_id);
-- Its name and language, for whoever is shown the film.
alter table media add column captions jsonb;
