import { hashtagsOf, type Place, type UserId } from '@tintype/contract'
import type { SearchDocument } from '../../engines/search-index/port.ts'
import { idTime } from '../../kit/ids.ts'
import { foldWords } from '../../text/words.ts'
import type { PublicMember } from '../members/api.ts'
import type { PostRecord } from '../posts/api.ts'
import { cutName, cutText, wholeName } from './cut.ts'
import type { Label, LabelRow } from './label-store.ts'
import { labelRank, memberRank, postRank } from './ranking.ts'

/** Raised when texts are cut in another way, so that the index is made anew. */
export const CUT_VERSION = 1

export const kinds = { users: 'member', posts: 'post', hashtags: 'hashtag', places: 'place' } as const
export type Kind = (typeof kinds)[keyof typeof kinds]

export const tagLabel = (tag: string): Label => `#${tag}`
/** One place however it is written. */
export const placeLabel = (name: string): Label => `@${foldWords(name).trim().replace(/\s+/gu, ' ')}`
export const isPlace = (label: Label): boolean => label.startsWith('@')
/** What a hit and a label are known by outside. */
export const nameOfLabel = (label: Label): string => label.slice(1)

/** Everybody finds a private account by its name; what is in it they do not see. */
export const memberDocument = (
  member: PublicMember,
  { followers, version }: { followers: number; version: number },
): SearchDocument => ({
  kind: kinds.users,
  id: member.user_id,
  version,
  whole: [...new Set([wholeName(member.username), wholeName(member.full_name)])].filter(Boolean),
  title: [...cutName(member.username), ...cutName(member.full_name)],
  text: cutText(member.bio),
  rank: memberRank({ followers, isVerified: member.is_verified }),
  owner: member.user_id,
  is_open: true,
})

export interface PostSource {
  post: PostRecord
  author: { user_id: UserId; username: string; full_name: string; is_private: boolean; is_verified: boolean }
  followers: number
  /** Those of the author's comments, too. */
  tags: readonly string[]
}

/** By what is said of it: caption, descriptions of its pictures, hashtags, place. */
export const postDocument = (
  { post, author, followers, tags }: PostSource,
  version: number,
): SearchDocument => {
  const said = [post.caption, post.location?.name ?? '', ...post.media.map((item) => item.alt_text)]
  const commented = tags.filter((tag) => !hashtagsOf(post.facets).includes(tag))
  return {
    kind: kinds.posts,
    id: post.post_id,
    version,
    whole: [],
    title: cutText([...said, ...commented].join('\n')),
    text: [],
    rank: postRank({ at: idTime(post.post_id), followers, isVerified: author.is_verified }),
    owner: author.user_id,
    is_open: !author.is_private,
  }
}

export function labelsOf({ post, tags }: PostSource): Map<Label, Place | string> {
  const labels = new Map<Label, Place | string>(tags.map((tag) => [tagLabel(tag), tag]))
  if (post.location) labels.set(placeLabel(post.location.name), post.location)
  return labels
}

export const labelDocument = (row: LabelRow, version: number): SearchDocument => ({
  kind: isPlace(row.label) ? kinds.places : kinds.hashtags,
  id: nameOfLabel(row.label),
  version,
  whole: [wholeName(row.name)].filter(Boolean),
  title: cutName(row.name.replaceAll('_', ' ')),
  text: [],
  rank: labelRank({ posts: row.open_posts }),
  owner: '',
  is_open: true,
})
