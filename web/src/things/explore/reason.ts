import type { ExploreReason } from '@tintype/contract'
import { namesText } from '../people/names-text.ts'
import { t } from './messages.ts'

/** Why a post is in explore, in a few words. */
export function reasonText({ kind, names, others, about }: ExploreReason): string {
  const people = namesText(names, others)
  switch (kind) {
    case 'liked_by':
      return people ? t('why.likedBy', { names: people }) : t('why.likedBySomebody')
    case 'followed_by':
      return people ? t('why.followedBy', { names: people }) : t('why.followedBySomebody')
    case 'similar':
      return about ? t('why.similar', { about }) : t('why.similarSome')
    case 'hashtag':
      return t('why.hashtag', { about: about ?? '' })
    case 'place':
      return t('why.place', { about: about ?? '' })
    case 'trending':
      return t('why.trending')
    case 'again':
      return t('why.again')
    default:
      return t('why.new')
  }
}
