-- Links to it expire though its owner's account be open: it belongs to something that is for some people alone.
alter table media add column closed boolean not null default false;
