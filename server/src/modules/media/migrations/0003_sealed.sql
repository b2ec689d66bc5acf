-- Pictures of an archived post: its owner's alone, whatever links were given out.
alter table media add column sealed boolean not null default false;
