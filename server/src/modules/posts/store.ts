import type {
  CircleId,
  Commenters,
  Facet,
  MediaId,
  Place,
  PostId,
  ReelTraits,
  UserId,
} from '@tintype/contract'
import { type Generated, type RawBuilder, sql } from 'kysely'
import { type Sql, statement, type Tx } from '../../engines/db/port.ts'
import type { Change } from '../../engines/outbox/port.ts'
import { postCounts } from './count-store.ts'

export type PostStatus = 'processing' | 'published' | 'failed' | 'archived' | 'removed'
export interface PostMedia {
  media_id: MediaId
  alt_text: string
}
/** A member who is in pictures of a post; who took themself out is remembered, without spots. */
export interface InPictures {
  user_id: UserId
  state: 'shown' | 'pending' | 'removed'
  spots: { media_id: MediaId; x: number; y: number }[]
}
/** A member who is asked to be an author of a post too, or is; who has declined is remembered. */
export interface Collaborating {
  user_id: UserId
  state: 'invited' | 'accepted' | 'declined'
}
export interface PostRow {
  post_id: PostId
  author_id: UserId
  status: PostStatus
  failure_code: string | null
  media: PostMedia[]
  caption: string
  facets: Facet[]
  location: Place | null
  /** Null: it is no reel. */
  reel: ReelTraits | null
  comments_from: Commenters
  likes_hidden: boolean
  downloads_allowed: boolean
  /** Moderators have said so. */
  sensitive: boolean
  sensitive_by_author: boolean
  /** To its author's profile. */
  pinned: boolean
  /** Made elsewhere, and brought along. */
  imported: boolean
  people: InPictures[]
  collaborators: Collaborating[]
  /** Of its author, for whom alone it is; none: for all who may see its author's. */
  circles: CircleId[]
  created_at: Date
  edited_at: Date | null
}
/** A post that is about to be made: what it leaves open, its author's settings say. */
export type NewPostRow = Omit<PostRow, keyof Choices> & { [Choice in keyof Choices]: Choices[Choice] | null }
export type Choices = Pick<PostRow, 'comments_from' | 'likes_hidden' | 'downloads_allowed'>
/** With the hashtags that the author's own comments add. */
export type StoredPost = PostRow & { comment_tags: string[] }
/** A post as the rest of the server sees it, and as it is cached: times in ISO 8601. */
export type PostRecord = Omit<PostRow, 'created_at' | 'edited_at'> & {
  created_at: string
  edited_at: string | null
}
/** An entry of a list: enough to judge visibility before the post itself is read. */
export interface PostRef {
  post_id: PostId
  author_id: UserId
}

type Tables = {
  posts: StoredPost & { text_version: Generated<number> }
  author_posts: {
    author_id: UserId
    post_id: PostId
    published: boolean
    archived: boolean
    pin_id: string | null
    /** Whose post it is, where that is another's: then this one is an author of it too. */
    owner_id: string | null
    /** Null: it is for all. */
    circles: string[] | null
  }
  tag_posts: { tag: string; post_id: PostId; author_id: UserId }
  recent_posts: { day: string; post_id: PostId; author_id: UserId }
}
type Handle = Sql | Tx
const on = (db: Handle) => (db as Sql).withTables<Tables>()

const columns = [
  'post_id',
  'author_id',
  'status',
  'failure_code',
  'media',
  'caption',
  'facets',
  'location',
  'reel',
  'comments_from',
  'likes_hidden',
  'downloads_allowed',
  'sensitive',
  'sensitive_by_author',
  'pinned',
  'imported',
  'people',
  'collaborators',
  'circles',
  'created_at',
  'edited_at',
] as const
/** jsonb parameters: the driver would send a JavaScript array as a PostgreSQL one. */
const json = <T>(value: T) => sql<T>`${JSON.stringify(value)}::text::jsonb`

/**
 * New posts with what is `attached` to each, by place, from 1 (see MediaService.attaching). Answers the places of those that were made:
 * all whose pictures could be attached, each with what was chosen for it.
 */
export function insertingPosts(
  posts: readonly NewPostRow[],
  attached: RawBuilder<unknown>,
): Change<{ place: number } & Choices> {
  const rows = posts.map((post, index) => ({ ...post, place: index + 1 }))
  const change = sql`
    ${attached},
    draft as (
      select draft.* from json_to_recordset(${JSON.stringify(rows)}::text::json) as draft (
        place int, post_id uuid, author_id uuid, status text, media jsonb, caption text, facets jsonb,
        location jsonb, reel jsonb, people jsonb, collaborators jsonb, comments_from text, likes_hidden boolean,
        downloads_allowed boolean, sensitive_by_author boolean, imported boolean, circles uuid[], created_at timestamptz)
      join done using (place)
    ),
    post as (
      insert into posts (
        post_id, author_id, status, media, caption, facets, location, reel, people, collaborators, imported,
        circles, created_at, sensitive_by_author, comments_from, likes_hidden, downloads_allowed)
      select post_id, author_id, status, media, caption, facets, location, reel, people, collaborators, imported,
        circles, created_at, draft.sensitive_by_author, coalesce(draft.comments_from, chosen.comments_from, 'everyone'),
        coalesce(draft.likes_hidden, chosen.likes_hidden, false),
        coalesce(draft.downloads_allowed, chosen.downloads_allowed, false)
      from draft left join post_settings chosen on chosen.user_id = draft.author_id
      returning post_id, comments_from, likes_hidden, downloads_allowed
    ),
    listed as (
      insert into author_posts (author_id, post_id, published, circles)
      select author_id, post_id, false, nullif(circles, '{}') from draft
    )${posts.some(({ people }) => people.length > 0) ? taggingDrafts : sql``}${
      posts.some(({ collaborators }) => collaborators.length > 0) ? askingForDrafts : sql``
    }`
  return {
    change,
    answer: sql`
      select place, post.comments_from, post.likes_hidden, post.downloads_allowed
      from draft join post using (post_id)`,
  }
}

/** Most posts have nobody in them. */
const taggingDrafts = sql`,
    tagged as (
      insert into tagged_posts (user_id, post_id, author_id, pending)
      select person.user_id, post_id, author_id, person.state = 'pending'
      from draft, jsonb_to_recordset(people) as person (user_id uuid, state text)
    )`

/** Most posts have one author. */
const askingForDrafts = sql`,
    asked as (
      insert into collaborations (user_id, post_id, author_id, accepted)
      select one.user_id, post_id, author_id, false from draft, jsonb_to_recordset(collaborators) as one (user_id uuid)
    )`

export async function readPosts(db: Handle, ids: readonly PostId[]): Promise<PostRecord[]> {
  return (await selectPosts(db, ids)).map(recordOf)
}

const selectPosts = statement<PostRow>(
  `select ${columns.join(', ')} from posts where post_id = any($1::uuid[])`,
)

export const recordOf = (row: PostRow): PostRecord => ({
  ...row,
  created_at: row.created_at.toISOString(),
  edited_at: row.edited_at?.toISOString() ?? null,
})

export async function readPost(db: Sql, id: PostId): Promise<StoredPost | undefined> {
  return on(db)
    .selectFrom('posts')
    .select([...columns, 'comment_tags'])
    .where('post_id', '=', id)
    .executeTakeFirst()
}

export async function lockPost(tx: Tx, id: PostId): Promise<StoredPost | undefined> {
  return on(tx)
    .selectFrom('posts')
    .select([...columns, 'comment_tags'])
    .where('post_id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

export async function updatePost(
  tx: Tx,
  id: PostId,
  change: Pick<
    PostRow,
    'caption' | 'facets' | 'location' | 'reel' | keyof Choices | 'sensitive_by_author' | 'media' | 'edited_at'
  >,
): Promise<void> {
  await on(tx)
    .updateTable('posts')
    .set({
      ...change,
      media: json(change.media),
      facets: json(change.facets),
      location: change.location && json(change.location),
      reel: change.reel && json(change.reel),
    })
    .where('post_id', '=', id)
    .execute()
}

/**
 * Processing -> published, with all that lists it. Answers nothing where the post is not processing any more, or has other tags and
 * mentions than those that `tags` and the fact were made of. `change_id` names what it adds to the author's count.
 */
export function publishing(
  post: Pick<
    StoredPost,
    'post_id' | 'author_id' | 'facets' | 'people' | 'collaborators' | 'comment_tags' | 'circles'
  >,
  { day, tags, change_id }: { day: string; tags: readonly string[]; change_id: string },
): Change<object> {
  const { post_id, author_id, facets, people, collaborators, comment_tags } = post
  const isOpen = isForAll(post)
  return {
    change: sql`
    done as (
      update posts set status = 'published'
      where post_id = ${post_id} and status = 'processing' and facets = ${json(facets)}
        and people = ${json(people)} and collaborators = ${json(collaborators)}
        and comment_tags = ${comment_tags}::text[]
      returning post_id, author_id
    ),
    listed as (
      update author_posts set published = true from done
      where author_posts.author_id = ${author_id} and author_posts.post_id = ${post_id}
    ),
    recent as (
      insert into recent_posts (day, post_id, author_id) select ${day}::date, post_id, author_id from done where ${isOpen}::boolean
      on conflict do nothing
    ),
    tagged as (
      insert into tag_posts (tag, post_id, author_id)
      select tag, post_id, author_id from done, unnest(${tags}::text[]) as tag on conflict do nothing
    ),
    counted as (${postCounts.adding(
      sql`select author_id, author_id, ${change_id}::uuid, 1 from done where ${isOpen}::boolean`,
    )})`,
    answer: sql`select from done`,
  }
}

export async function setCommentTags(tx: Tx, id: PostId, comment_tags: string[]): Promise<void> {
  await on(tx).updateTable('posts').set({ comment_tags }).where('post_id', '=', id).execute()
}

/** Posts whose captions were cut by an earlier version. */
export async function textsDue(db: Sql, limit: number): Promise<PostId[]> {
  const { rows } = await sql<{ post_id: PostId }>`
    select post_id from posts where text_version < 1 order by post_id limit ${limit}`.execute(db)
  return rows.map(({ post_id }) => post_id)
}

export async function markTextRenewed(tx: Tx, id: PostId): Promise<void> {
  await sql`update posts set text_version = 1 where post_id = ${id}`.execute(tx)
}

export async function failPost(tx: Tx, id: PostId, code: string): Promise<boolean> {
  const { numUpdatedRows } = await on(tx)
    .updateTable('posts')
    .set({ status: 'failed', failure_code: code })
    .where('post_id', '=', id)
    .where('status', '=', 'processing')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function replaceTags(tx: Tx, post: PostRef, before: string[], after: string[]): Promise<void> {
  const gone = before.filter((tag) => !after.includes(tag))
  const added = after.filter((tag) => !before.includes(tag))
  if (gone.length > 0) {
    await on(tx)
      .deleteFrom('tag_posts')
      .where('tag', 'in', gone)
      .where('post_id', '=', post.post_id)
      .execute()
  }
  if (added.length > 0) {
    await on(tx)
      .insertInto('tag_posts')
      .values(added.map((tag) => ({ tag, post_id: post.post_id, author_id: post.author_id })))
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

export async function deletePost(
  tx: Tx,
  post: PostRow,
  { day, tags, change_id }: { day: string; tags: string[]; change_id: string },
): Promise<void> {
  const { post_id, author_id } = post
  await on(tx).deleteFrom('posts').where('post_id', '=', post_id).execute()
  const others = authorsBeside(post.collaborators)
  await on(tx)
    .deleteFrom('author_posts')
    .where('author_id', 'in', [author_id, ...others])
    .where('post_id', '=', post_id)
    .execute()
  const asked = post.collaborators.map(({ user_id }) => user_id)
  if (asked.length > 0)
    await sql`
      delete from collaborations where user_id = any(${asked}::uuid[]) and post_id = ${post_id}`.execute(tx)
  const tagged = post.people.map(({ user_id }) => user_id)
  if (tagged.length > 0)
    await sql`
      delete from tagged_posts where user_id = any(${tagged}::uuid[]) and post_id = ${post_id}`.execute(tx)
  if (post.status !== 'published') return
  await on(tx).deleteFrom('recent_posts').where('day', '=', day).where('post_id', '=', post_id).execute()
  await replaceTags(tx, post, tags, [])
  if (!isForAll(post)) return
  await postCounts.add(
    tx,
    [author_id, ...others].map((id) => ({ key: [id], actor_id: id, change_id, by: { posts: -1 } })),
  )
}

/** What is for circles stands in no list and no count that others have part in. */
export const isForAll = ({ circles }: Pick<PostRow, 'circles'>): boolean => circles.length === 0

/** Who is an author of it beside the one whose it is. */
export const authorsBeside = (all: readonly Collaborating[]): UserId[] =>
  all.flatMap(({ user_id, state }) => (state === 'accepted' ? [user_id] : []))

/** Posts by id. */
export async function postsAfter(db: Sql, after: PostId | undefined, limit: number): Promise<PostId[]> {
  const { rows } = await sql<{ post_id: PostId }>`
    select post_id from posts where post_id > coalesce(${after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
    order by post_id limit ${limit}`.execute(db)
  return rows.map((row) => row.post_id)
}

/** Members who ever posted, by id. */
export async function authorsAfter(db: Sql, after: UserId | undefined, limit: number): Promise<UserId[]> {
  const { rows } = await sql<{ author_id: UserId }>`
    select author_id from author_posts
    where author_id > coalesce(${after ?? null}::uuid, '00000000-0000-0000-0000-000000000000')
    group by author_id order by author_id limit ${limit}`.execute(db)
  return rows.map((row) => row.author_id)
}

export interface Before {
  before: PostId | undefined
  limit: number
}

/**
 * `others`: published ones. `own`: also those in the making and failed. Neither has what is pinned, which stands apart. `every`: with that
 * and with the archived, but not what another has made with them.
 */
export type AuthorPosts = 'others' | 'own' | 'every'

/** Whose list it is: they find what is for circles that they are in. Nobody's unless stated. */
export interface Reader {
  user_id: UserId | null
  circles?: Iterable<CircleId>
}

/** Rows of `author_posts` that are for a reader. */
const isForReader = ({ user_id, circles = [] }: Reader = { user_id: null }): RawBuilder<boolean> => {
  const mine = [...circles]
  const inOne = mine.length > 0 ? sql`or circles && ${mine}::uuid[]` : sql``
  return sql<boolean>`(circles is null or author_id = ${user_id}::uuid ${inOne})`
}

/** An author's posts, newest first; `every` takes no reader. */
export async function authorPosts(
  db: Handle,
  authorId: UserId,
  page: Before & { as: AuthorPosts; reader?: Reader },
): Promise<PostRef[]> {
  return on(db)
    .selectFrom('author_posts')
    .select(['post_id', 'author_id'])
    .where('author_id', '=', authorId)
    .$if(page.as === 'every', (query) => query.where('owner_id', 'is', null))
    .$if(page.as !== 'every', (query) => query.where('archived', '=', false).where('pin_id', 'is', null))
    .$if(page.as === 'others', (query) => query.where('published', '=', true).where(isForReader(page.reader)))
    .$if(page.before !== undefined, (query) => query.where('post_id', '<', page.before as PostId))
    .orderBy('post_id', 'desc')
    .limit(page.limit)
    .execute()
}

export interface RecentPage {
  before: PostId | undefined
  perAuthor: number
  limit: number
  reader?: Reader
  /** Without those that are for all. */
  onlyForCircles?: boolean
}

/**
 * The newest posts below `before` of each of many authors, `perAuthor` each at most, in one statement: an index
 * descent per author, so its cost is authors × perAuthor, whatever the authors' histories hold.
 */
export async function recentByAuthors(
  db: Handle,
  authorIds: readonly UserId[],
  page: RecentPage,
): Promise<PostRef[]> {
  const { reader, onlyForCircles = false } = page
  const wanted = onlyForCircles ? sql`circles is not null and ${isForReader(reader)}` : isForReader(reader)
  const { rows } = await sql<PostRef>`
    select recent.post_id, recent.author_id
    from unnest(${authorIds}::uuid[]) as author(id)
    cross join lateral (
      select post_id, author_id, owner_id from author_posts
      where author_id = author.id and published and ${wanted}
        and post_id < coalesce(${page.before ?? null}::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
      order by post_id desc limit ${page.perAuthor}
    ) recent
    order by recent.post_id desc, recent.owner_id nulls first limit ${page.limit}`.execute(db)
  return rows
}

export async function tagPosts(db: Handle, tag: string, page: Before): Promise<PostRef[]> {
  return on(db)
    .selectFrom('tag_posts')
    .select(['post_id', 'author_id'])
    .where('tag', '=', tag)
    .$if(page.before !== undefined, (query) => query.where('post_id', '<', page.before as PostId))
    .orderBy('post_id', 'desc')
    .limit(page.limit)
    .execute()
}

/** By tag: the authors of its newest posts, one for each post. */
export async function newestAuthors(
  db: Handle,
  tags: readonly string[],
  limit: number,
): Promise<{ tag: string; author_ids: UserId[] }[]> {
  return selectNewestAuthors(db, tags, limit)
}

const selectNewestAuthors = statement<{ tag: string; author_ids: UserId[] }>(`
  select tag, array(select author_id from tag_posts where tag_posts.tag = asked.tag
                    order by post_id desc limit $2) as author_ids
  from unnest($1::text[]) as asked (tag)`)

/** With the hashtags that the author's comments add. */
export const readTagged = statement<Pick<StoredPost, 'post_id' | 'facets' | 'comment_tags' | 'circles'>>(
  'select post_id, facets, comment_tags, circles from posts where post_id = any($1::uuid[])',
)
