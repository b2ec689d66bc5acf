import { statement } from '../../db/port.ts'

export type Slot = 'a' | 'b'
export const otherOf = (slot: Slot): Slot => (slot === 'a' ? 'b' : 'a')

export interface FoundRow {
  live: Slot
  match: string | null
  id: string
  rank: number
  owner: string
}

/** Hits are asked for by the smallest of these that is enough: a plan whose limit is known is made once and kept. */
const limits = [24, 64, 1024] as const
export type Limit = (typeof limits)[number]
export const limitFor = (wanted: number): Limit => limits.find((limit) => limit >= wanted) ?? 1024

/**
 * Tiers are looked through in groups, each some four times as large as all above it together: so a word that many have is answered by the
 * few documents of the top, and one that few have after some five looks. The lateral part runs once a group, in order, and no more once
 * there are enough.
 *
 * $1 kind, $2 matches, $3 their templates, $4 for each a template of all that matches better, $5 only open,
 * $6-$8 match, rank and id to begin behind, $9 owners.
 */
const queryText = (slot: Slot, limit: Limit, byOwner: boolean) => `
  with tiers as materialized (
    select tier, greatest(0, ceil(ln(upto / 256) / ln(4::float8)))::int as "group"
    from (
      select tier, (sum(documents) over (order by tier desc))::float8 as upto from search_tiers_${slot}
      where kind = $1 and documents > 0
    ) counted
  ),
  groups as materialized (
    select place, match, "group", string_agg(replace(template, '§', $1 || tier), ' | ')::tsquery as wanted,
      string_agg(replace(better, '§', $1 || tier), ' | ')::tsquery as better
    from unnest($2::text[], $3::text[], $4::text[]) with ordinality as asked (match, template, better, place), tiers
    where place > coalesce(array_position($2::text[], $6::text), 0) or match = $6::text and tier <= floor($7::float8)
    group by place, match, "group"
  ),
  found as (
    select groups.match, hit.id, hit.rank, hit.owner
    from (select * from groups order by place, "group") groups
    cross join lateral (
      select id, rank, owner from search_documents_${slot}
      where kind = $1 and terms @@ groups.wanted
        and (groups.better is null or not terms @@ groups.better)
        and (not $5::boolean or is_open)
        and (groups.match is distinct from $6::text or rank < $7::float8 or rank = $7::float8 and id < $8::text)
        ${byOwner ? 'and owner = any($9::text[])' : ''}
      order by rank desc, id desc limit ${limit}
    ) hit
    limit ${limit}
  )
  select state.live::text as live, found.* from search_state state left join found on true`

const queriesFor = (slot: Slot, byOwner: boolean) => ({
  24: statement<FoundRow>(queryText(slot, 24, byOwner)),
  64: statement<FoundRow>(queryText(slot, 64, byOwner)),
  1024: statement<FoundRow>(queryText(slot, 1024, byOwner)),
})

const deltaOf = (column: string) => `
  select kind, ${column}, sum(change)::int as change from unnest($1::text[], $2::text[], $3::int[]) as c (kind, ${column}, change)
  group by 1, 2 order by 1, 2`

export const statementsFor = (slot: Slot) => ({
  query: queriesFor(slot, false),
  queryOwners: queriesFor(slot, true),

  /** Answers, of each document that was written, its words before (with kind and tier). */
  write: statement<{ kind: string; id: string; before: string[] | null; rank_before: number | null }>(`
    insert into search_documents_${slot} as d (kind, id, version, owner, is_open, rank, terms, removed_at)
    select kind, id, version, owner, is_open, rank, terms::tsvector, removed_at
    from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::boolean[], $6::float8[], $7::text[], $8::timestamptz[])
      as w (kind, id, version, owner, is_open, rank, terms, removed_at)
    order by kind, id
    on conflict (kind, id) do update set version = excluded.version, owner = excluded.owner,
      is_open = excluded.is_open, rank = excluded.rank, terms = excluded.terms, removed_at = excluded.removed_at
    where d.version < excluded.version
    returning kind, id, tsvector_to_array(old.terms) as before,
      case when old.removed_at is null then old.rank end as rank_before`),

  countTiers: statement(`
    insert into search_tiers_${slot} as t (kind, tier, documents)
    select kind, tier::smallint, change from (${deltaOf('tier')}) changed where change <> 0
    on conflict (kind, tier) do update set documents = t.documents + excluded.documents`),

  /** Words that many have are not counted any more: their rows would be written all the time, and they stay. */
  addWords: statement(`
    insert into search_words_${slot} as w (kind, word, documents, pieces)
    select kind, word, change, pieces from unnest($1::text[], $2::text[], $3::int[], $4::text[])
      as added (kind, word, change, pieces_text), lateral (select pieces_text::int[] as pieces) p
    order by kind, word
    on conflict (kind, word) do update set documents = w.documents + excluded.documents where w.documents < 1000`),

  dropWords: statement(`
    with changed as (${deltaOf('word')}),
    fewer as (
      update search_words_${slot} w set documents = w.documents - changed.change from changed
      where w.kind = changed.kind and w.word = changed.word and w.documents > changed.change and w.documents < 1000
    )
    delete from search_words_${slot} w using changed
    where w.kind = changed.kind and w.word = changed.word and w.documents <= changed.change`),

  /** Those of the words (`$2`) of which there is one up to its end (`$3`). */
  wordsKnown: statement<{ word: string }>(`
    select asked.word from unnest($2::text[], $3::text[]) as asked (word, up_to)
    where exists (
      select from search_words_${slot} w where w.kind = $1 and w.word >= asked.word and w.word <= asked.up_to)`),

  wordsNear: statement<{ word: string; documents: number }>(`
    select word, documents from search_words_${slot}
    where kind = $1 and pieces && $2::int[] and levenshtein_less_equal(word, $3, 2) <= 2 and word <> $3
    order by levenshtein_less_equal(word, $3, 2), documents desc limit 60`),

  /** Those that begin with `$2` and go on nearly like `$4`, which has `$5` letters. */
  wordsBegun: statement<{ word: string; documents: number }>(`
    select word, documents from search_words_${slot}
    where kind = $1 and word >= $2 and word < $3
      and least(levenshtein_less_equal(left(word, $5::int - 1), $4, 2), levenshtein_less_equal(left(word, $5::int), $4, 2),
        levenshtein_less_equal(left(word, $5::int + 1), $4, 2)) <= 2
    order by documents desc limit 60`),

  sweep: statement(`delete from search_documents_${slot} where removed_at <= $1`),
})
export type Statements = ReturnType<typeof statementsFor>
