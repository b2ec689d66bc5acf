create table restricts (
  restricter_id uuid not null,
  restricted_id uuid not null,
  edge_id uuid not null,
  primary key (restricter_id, restricted_id)
);
create index restricts_newest on restricts (restricter_id, edge_id);
create table restricted_by (
  restricted_id uuid not null,
  restricter_id uuid not null,
  edge_id uuid not null,
  primary key (restricted_id, restricter_id)
);
create index restricted_by_newest on restricted_by (restricted_id, edge_id);
