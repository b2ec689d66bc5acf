import type { Place, PostId, UserId } from '@tintype/contract'
import { sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'

/** A hashtag (`#fog`) or a place (`@porto`). */
export type Label = string

export interface LabelRow {
  label: Label
  name: string
  lat: number | null
  lon: number | null
  posts: number
  open_posts: number
}

/** A post as it is to be counted; without labels where it is gone. */
export interface LabelledPost {
  post_id: PostId
  /** As of its document. */
  version: number
  author_id: UserId | null
  is_open: boolean
  /** With the place as it is written there. */
  labels: ReadonlyMap<Label, Place | string>
}

interface Counted {
  post_id: PostId
  version: number
  labels: Label[]
  is_open: boolean
}
interface Change {
  posts: number
  open: number
  as: Place | string | undefined
  /** Which post writes it so. */
  named_by: PostId | undefined
}

/** Counts posts under their labels in place of what they were counted under; answers the labels of which something is new. */
export async function countPosts(tx: Tx, posts: readonly LabelledPost[]): Promise<Label[]> {
  const sorted = posts.toSorted((a, b) => (a.post_id < b.post_id ? -1 : 1))
  const ids = sorted.map((post) => post.post_id)
  // The rows are made first, so that of two that count the same post the second waits here.
  await sql`
    insert into search_post_labels (post_id, labels, is_open, version) select unnest(${ids}::uuid[]), '{}', false, 0
    on conflict do nothing`.execute(tx)
  const { rows } = await sql<Counted>`
    select post_id, labels, is_open, version from search_post_labels where post_id = any(${ids}) order by post_id for update`.execute(
    tx,
  )
  const before = new Map(rows.map((row) => [row.post_id, row]))
  const changes = new Map<Label, Change>()
  const nothing: Change = { posts: 0, open: 0, as: undefined, named_by: undefined }
  const change = (label: Label, by: number, isOpen: boolean, named?: Pick<Change, 'as' | 'named_by'>) => {
    const known = changes.get(label) ?? nothing
    const counts = { posts: known.posts + by, open: known.open + (isOpen ? by : 0) }
    changes.set(label, { ...known, ...named, ...counts })
  }
  const newer = sorted.filter((post) => post.version > (before.get(post.post_id)?.version ?? 0))
  for (const post of newer) {
    const was = before.get(post.post_id)
    for (const label of was?.labels ?? []) change(label, -1, was?.is_open === true)
    for (const [label, as] of post.labels) change(label, 1, post.is_open, { as, named_by: post.post_id })
  }
  await writePosts(tx, newer)
  await writeLabels(tx, changes)
  return [...changes.keys()]
}

async function writePosts(tx: Tx, posts: readonly LabelledPost[]): Promise<void> {
  const ids = posts.map((post) => post.post_id)
  await sql`delete from search_place_posts p using search_post_labels l
    where l.post_id = any(${ids}) and p.label = any(l.labels) and p.post_id = l.post_id`.execute(tx)
  const counted = posts.map((post) => ({ ...post, labels: [...post.labels.keys()] }))
  await sql`
    update search_post_labels l set labels = k.labels, is_open = k.is_open, version = k.version,
      emptied_at = case when k.labels = '{}' then now() end
    from json_to_recordset(${JSON.stringify(counted)}::text::json)
      as k (post_id uuid, labels text[], is_open boolean, version bigint)
    where l.post_id = k.post_id`.execute(tx)
  const placed = counted.flatMap(({ labels, post_id, author_id }) =>
    labels.filter((label) => label.startsWith('@')).map((label) => ({ label, post_id, author_id })),
  )
  await sql`
    insert into search_place_posts (label, post_id, author_id)
    select label, post_id, author_id
    from json_to_recordset(${JSON.stringify(placed)}::text::json) as p (label text, post_id uuid, author_id uuid)
    on conflict do nothing`.execute(tx)
}

async function writeLabels(tx: Tx, changes: ReadonlyMap<Label, Change>): Promise<void> {
  const rows = [...changes].map(([label, { posts, open, as, named_by }]) => {
    const place = typeof as === 'object' ? as : undefined
    const name = place?.name ?? as
    return { label, name, lat: place?.lat, lon: place?.lon, posts, open, named_by }
  })
  const isNewer = sql`excluded.named_by >= coalesce(l.named_by, excluded.named_by)`
  await sql`
    insert into search_labels as l (label, name, lat, lon, posts, open_posts, named_by)
    select label, coalesce(name, label), lat, lon, posts, open, named_by
    from json_to_recordset(${JSON.stringify(rows)}::text::json)
      as c (label text, name text, lat float8, lon float8, posts int, open int, named_by uuid)
    order by label collate "C"
    on conflict (label) do update set posts = l.posts + excluded.posts, open_posts = l.open_posts + excluded.open_posts,
      name = case when ${isNewer} then excluded.name else l.name end,
      lat = case when ${isNewer} then coalesce(excluded.lat, l.lat) else coalesce(l.lat, excluded.lat) end,
      lon = case when ${isNewer} then coalesce(excluded.lon, l.lon) else coalesce(l.lon, excluded.lon) end,
      named_by = greatest(l.named_by, excluded.named_by)`.execute(tx)
  await sql`delete from search_labels where label = any(${[...changes.keys()]}) and posts <= 0`.execute(tx)
}

/** Forgets posts that were counted under nothing for so many seconds. */
export async function sweepPosts(db: Sql, olderThan: number): Promise<void> {
  await sql`delete from search_post_labels where emptied_at < now() - make_interval(secs => ${olderThan})`.execute(
    db,
  )
}

export const readLabels = async (db: Sql, labels: readonly Label[]): Promise<Map<Label, LabelRow>> =>
  new Map((labels.length === 0 ? [] : await selectLabels(db, labels)).map((row) => [row.label, row]))

const selectLabels = statement<LabelRow>(
  'select label, name, lat, lon, posts, open_posts from search_labels where label = any($1::text[])',
)

export async function labelsAfter(db: Sql, after: Label | undefined, limit: number): Promise<Label[]> {
  const { rows } = await sql<{ label: Label }>`
    select label from search_labels where label > ${after ?? ''} order by label limit ${limit}`.execute(db)
  return rows.map((row) => row.label)
}

export async function countedAfter(db: Sql, after: PostId | undefined, limit: number): Promise<PostId[]> {
  const { rows } = await sql<{ post_id: PostId }>`
    select post_id from search_post_labels
    where post_id > coalesce(${after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
    order by post_id limit ${limit}`.execute(db)
  return rows.map((row) => row.post_id)
}

/** By place: the authors of its newest posts, one for each post. */
export async function newestAtPlaces(
  db: Sql,
  labels: readonly Label[],
  limit: number,
): Promise<Map<Label, UserId[]>> {
  const rows = labels.length === 0 ? [] : await selectNewest(db, labels, limit)
  return new Map(rows.map((row) => [row.label, row.author_ids]))
}

const selectNewest = statement<{ label: Label; author_ids: UserId[] }>(`
  select label, array(select author_id from search_place_posts p where p.label = asked.label
                      order by post_id desc limit $2) as author_ids
  from unnest($1::text[]) as asked (label)`)

export interface Before {
  before: PostId | undefined
  limit: number
}
export interface PlacePost {
  post_id: PostId
  author_id: UserId
}

/** Newest first. */
export async function placePosts(db: Sql, label: Label, page: Before): Promise<PlacePost[]> {
  const { rows } = await sql<PlacePost>`
    select post_id, author_id from search_place_posts
    where label = ${label} and post_id < coalesce(${page.before ?? null}::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    order by post_id desc limit ${page.limit}`.execute(db)
  return rows
}

/** Of several documents written at one time, the one that took its version last was read last. */
export async function nextVersion(db: Sql): Promise<number> {
  const [row] = await selectVersion(db)
  return row?.version ?? 0
}
const selectVersion = statement<{ version: number }>(`select nextval('search_versions') as version`)

export interface Build {
  version: number
  generation: string
}

export async function lastBuild(db: Sql): Promise<Build | undefined> {
  const { rows } = await sql<Build>`select version, generation from search_builds`.execute(db)
  return rows[0]
}

export async function noteBuild(db: Sql, { version, generation }: Build): Promise<void> {
  await sql`insert into search_builds (version, generation) values (${version}, ${generation})
    on conflict (one) do update set version = excluded.version, generation = excluded.generation`.execute(db)
}
