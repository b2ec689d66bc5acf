-- Which process runs a schedule, until when it may be believed to live, and when the next run is due.
create table schedules (
  name text primary key,
  holder uuid,
  lease_until timestamptz,
  next_run_at timestamptz not null
);
