-- What could not be made goes like what was: its pieces are as much of its member's data.
update exports set expires_at = finished_at + interval '7 days' where state = 'failed' and expires_at is null;
drop index exports_expiring;
create index exports_expiring on exports (expires_at) where state in ('ready', 'failed');
