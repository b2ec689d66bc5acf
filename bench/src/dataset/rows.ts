import { parseFacets, type RawFacet } from '@tintype/contract'
import type { Vault } from '@tintype/server/kit/vault'
import { emailUses } from '@tintype/server/modules/accounts/email-uses'
import { type Output, outputsOf, type Size } from '@tintype/server/modules/media/imaging/plan'
import type { Sql } from 'postgres'
import { copyRows } from './copy.ts'
import { captionOf, idOf, personOf } from './people.ts'
import type { Edges, Plan } from './plan.ts'
import { hash32 } from './random.ts'

const DAY = 86_400_000

/** One row for each number, made when it is asked for. */
function* each<T>(count: number, make: (n: number) => T): Iterable<T> {
  for (let n = 0; n < count; n++) yield make(n)
}
/** Any number of rows for each. */
function* eachOf<T>(count: number, make: (n: number) => Iterable<T>): Iterable<T> {
  for (let n = 0; n < count; n++) yield* make(n)
}

/** Everybody joined, one after the other, before the first post. */
export const joinedAt = (plan: Plan, member: number): number =>
  plan.now - 400 * DAY + Math.floor((300 * DAY * member) / plan.size.members)
export const userIdOf = (plan: Plan, member: number): string => idOf('user', member, joinedAt(plan, member))
export const sessionIdOf = (plan: Plan, member: number): string =>
  idOf('session', member, joinedAt(plan, member))
export const postIdOf = (plan: Plan, post: number): string => idOf('post', post, plan.times[post] as number)

/** Most have one. */
const avatarOf = (plan: Plan, member: number): string | null =>
  hash32(`avatar/${member}`) % 10 < 7 ? idOf('avatar', member, joinedAt(plan, member)) : null
/** Most posts have one picture, a few up to ten. */
function picturesOf(plan: Plan, post: number): string[] {
  const chance = hash32(`pictures/${post}`) % 100
  const count = chance < 80 ? 1 : chance < 95 ? 2 + (chance % 3) : 5 + (chance % 6)
  const at = (plan.times[post] as number) - 3000
  return Array.from({ length: count }, (_, place) => idOf('picture', post * 10 + place, at + place))
}

/** What only a member can tell of themself: the account with its session. */
export async function copyMembers(sql: Sql, plan: Plan, vault: Vault): Promise<void> {
  const { members } = plan.size
  const id = (n: number) => userIdOf(plan, n)
  const at = (n: number) => new Date(joinedAt(plan, n))
  const columns =
    'user_id username email password_hash full_name bio role is_private avatar_media_id created_at'.split(' ')
  await copyRows(
    sql,
    'users',
    columns,
    each(members, (n) => {
      const { username, full_name } = personOf(n)
      const role = n === 0 ? 'owner' : 'member'
      const isPrivate = plan.isPrivate[n] === 1
      const email = vault.seal(mailOf(n), emailUses.own(id(n)))
      return [id(n), username, email, '-', full_name, '', role, isPrivate, avatarOf(plan, n), at(n)]
    }),
  )
  await copyRows(
    sql,
    'usernames',
    ['username', 'user_id'],
    each(members, (n) => [personOf(n).username, id(n)]),
  )
  await copyRows(
    sql,
    'emails',
    ['email_index', 'user_id'],
    each(members, (n) => [vault.index(mailOf(n), emailUses.index), id(n)]),
  )
  const session = 'user_id session_id generation rotated_at created_at last_used_at expires_at user_agent ip'
  const far = new Date(plan.now + 3650 * DAY)
  await copyRows(
    sql,
    'sessions',
    session.split(' '),
    each(members, (n) => [id(n), sessionIdOf(plan, n), 1, at(n), at(n), at(n), far, 'bench', '127.0.0.1']),
  )
  await copyRows(
    sql,
    'bench.member',
    ['n', 'user_id', 'joined', 'is_private', 'is_active'],
    each(members, (n) => [n, id(n), joinedAt(plan, n), plan.isPrivate[n] === 1, plan.isActive[n] === 1]),
  )
}

const mailOf = (n: number): string => `member${n}@bench.example`

export async function copyEdges(sql: Sql, table: string, { from, to }: Edges): Promise<void> {
  const rows = each(from.length, (i) => [from[i] as number, to[i] as number])
  await copyRows(sql, table, ['a', 'b'], rows)
}

export async function copyPosts(sql: Sql, plan: Plan): Promise<void> {
  const { posts } = plan.size
  await copyRows(
    sql,
    'posts',
    'post_id author_id status media caption facets created_at'.split(' '),
    each(posts, (n) => {
      const caption = captionOf(n)
      const facets: RawFacet[] = parseFacets(caption)
      const media = picturesOf(plan, n).map((media_id) => ({ media_id, alt_text: 'A photograph.' }))
      const [id, author] = [postIdOf(plan, n), userIdOf(plan, plan.authors[n] as number)]
      const [pictures, links] = [JSON.stringify(media), JSON.stringify(facets)]
      return [id, author, 'published', pictures, caption, links, new Date(plan.times[n] as number)]
    }),
  )
  await copyRows(
    sql,
    'bench.post',
    ['n', 'post_id', 'author', 'at'],
    each(posts, (n) => [n, postIdOf(plan, n), plan.authors[n] as number, plan.times[n] as number]),
  )
  await copyMedia(sql, plan)
}

async function copyMedia(sql: Sql, plan: Plan): Promise<void> {
  const columns =
    'media_id owner_id kind subject_kind subject_id subject_partition purpose state original_key original_type original_sha256 edit recipe width height thumbhash dominant_color renditions created_at'
  const avatars = eachOf(plan.size.members, (n) => {
    const media_id = avatarOf(plan, n)
    const at = new Date(joinedAt(plan, n))
    return media_id ? [mediaRow(media_id, userIdOf(plan, n), null, at)] : []
  })
  const pictures = eachOf(plan.size.posts, (n) => {
    const owner = userIdOf(plan, plan.authors[n] as number)
    const at = new Date(plan.times[n] as number)
    return picturesOf(plan, n).map((media_id) => mediaRow(media_id, owner, postIdOf(plan, n), at))
  })
  await copyRows(sql, 'media', columns.split(' '), avatars)
  await copyRows(sql, 'media', columns.split(' '), pictures)
}

/** As processing leaves it: all sizes in WebP and, of posts, some in AVIF as well. */
function mediaRow(media_id: string, owner: string, post: string | null, at: Date) {
  const seed = hash32(media_id)
  const recipe = seed.toString(16).padStart(8, '0').repeat(4)
  const files = post === null ? avatarFiles : seed % 3 === 0 ? wideFiles : tallFiles
  const all = files.map(({ width, height, content_type }, index) => {
    const format = content_type.slice('image/'.length)
    return {
      name: `${width}x${height}-${recipe.slice(0, 8)}.${format}`,
      key: `media/${recipe}/${index}.${format}`,
      width,
      height,
      content_type,
      size: Math.round(width * height * (format === 'avif' ? 0.11 : 0.16)),
    }
  })
  const hash = Buffer.alloc(24, recipe).toString('base64')
  const renditions = JSON.stringify(all)
  const original = [`originals/${media_id}`, 'image/jpeg', recipe.repeat(2), '{}', recipe]
  const [{ width, height } = { width: 0, height: 0 }] = files
  const shape = [width, height, hash, '#7d6b5a', renditions, at]
  const subject = post === null ? ['member', owner, owner, 'avatar'] : ['post', post, post, 'post']
  return [media_id, owner, 'photo', ...subject, 'ready', ...original, ...shape]
}

const avatarFiles = outputsOf({ width: 900, height: 900 }, 'avatar', 'first')
const postFiles = (kept: Size): Output[] => {
  const [first, later] = [outputsOf(kept, 'post', 'first'), outputsOf(kept, 'post', 'later')]
  const isAvif = ({ content_type }: Output) => content_type === 'image/avif'
  return [...later.filter((file) => !isAvif(file)), ...first, ...later.filter(isAvif)]
}
const wideFiles = postFiles({ width: 4032, height: 3024 })
const tallFiles = postFiles({ width: 3024, height: 3780 })
