-- Whether whoever sees the photographs of a post may take them along.
alter table posts add column downloads_allowed boolean not null default false;
alter table post_settings add column downloads_allowed boolean not null default false;
