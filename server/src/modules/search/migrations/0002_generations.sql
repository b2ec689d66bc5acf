-- Which generation of the index that was (see SearchIndex.generation): another index that answers now was not made yet.
alter table search_builds add column generation text not null default 'postgres';
alter table search_builds alter column generation drop default;
