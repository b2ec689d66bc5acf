alter table posts add column imported boolean not null default false;
