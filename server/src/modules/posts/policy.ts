import { limits, parseFacets, type RawFacet, TintypeError } from '@tintype/contract'
import type { PostRecord } from './store.ts'

/** How a viewer stands to a member: sees content, only the head of the profile, or nothing at all. */
export type Standing = 'full' | 'locked' | 'hidden'

/** Posts in the making, and those that failed, are their author's alone. */
export function maySeePost(
  post: Pick<PostRecord, 'author_id' | 'status'>,
  viewerId: string | null,
  standing: Standing | undefined,
): boolean {
  if (post.author_id === viewerId) return standing !== 'hidden'
  return standing === 'full' && post.status === 'published'
}

/** The facets of a caption, within the limits. Throws `too_many_tags`. */
export function captionFacets(caption: string): RawFacet[] {
  const facets = parseFacets(caption)
  const count = (type: RawFacet['type']) => facets.filter((facet) => facet.type === type).length
  if (count('hashtag') > limits.hashtagsPerCaption || count('mention') > limits.mentionsPerCaption) {
    throw new TintypeError('too_many_tags')
  }
  return facets
}
