-- Those who look after the community say that it is who it says it is; when and who is in their log.
alter table users add column is_verified boolean not null default false;
