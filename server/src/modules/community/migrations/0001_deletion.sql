-- Days in which members can change their mind about deleting their account; 0: it is gone at once.
alter table instance add column deletion_days integer not null default 30 check (deletion_days between 0 and 90);
