-- What members search in: see server/src/engines/search-index/. There are two of each table: one answers, and the other is filled
-- when all is made anew. Nothing joins them with the truth.
create extension if not exists fuzzystrmatch;

create table search_state (
  one boolean primary key default true check (one),
  live "char" not null check (live in ('a', 'b')),
  -- The generation that is being filled in the other tables; null: none.
  building uuid
);
insert into search_state (live) values ('a');

do $$
declare slot text;
begin
  foreach slot in array array['a', 'b'] loop
    execute format($sql$
      create table search_documents_%1$s (
        kind text collate "C" not null,
        id text collate "C" not null,
        version bigint not null,
        owner text collate "C" not null,
        is_open boolean not null,
        rank double precision not null,
        -- Each word with the kind and the tier of its document before it; empty: the document was removed.
        terms tsvector not null,
        removed_at timestamptz,
        primary key (kind, id)
      ) with (fillfactor = 90);
      -- No pending list, which every query would have to look through.
      create index search_documents_%1$s_terms on search_documents_%1$s using gin (terms) with (fastupdate = off);
      create index search_documents_%1$s_owner on search_documents_%1$s (kind, owner);
      create index search_documents_%1$s_removed on search_documents_%1$s (removed_at) where removed_at is not null;

      -- How many documents a tier holds, so that a query knows which tiers to look through together.
      create table search_tiers_%1$s (
        kind text collate "C" not null,
        tier smallint not null,
        documents bigint not null,
        primary key (kind, tier)
      ) with (fillfactor = 50);

      -- Words that can be mistyped, each with the pieces of which one survives a mistake (see fuzzy.ts).
      create table search_words_%1$s (
        kind text collate "C" not null,
        word text collate "C" not null,
        -- Documents that have it, as far as they are counted.
        documents integer not null,
        pieces integer[] not null,
        primary key (kind, word)
      ) with (fillfactor = 80);
      create index search_words_%1$s_pieces on search_words_%1$s using gin (pieces) with (fastupdate = off);
    $sql$, slot);
  end loop;
end $$;
