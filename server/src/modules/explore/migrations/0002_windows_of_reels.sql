-- Windows are of explore (0) or of reels (1).
alter table explore_windows add column kind smallint not null default 0;
