import type { Media, Post, UserSummary } from '@tintype/contract'

const HEADLINE = 80

export const nameOf = ({ full_name, username }: UserSummary): string =>
  full_name ? `${full_name} (@${username})` : `@${username}`

/** The first line of a caption; of a post without one, whose it is. */
export function headlineOf({ caption, media, user }: Post): string {
  const [line = ''] = caption.split('\n', 1)
  if (line === '') return `A ${media[0]?.type === 'video' ? 'film' : 'photograph'} by ${nameOf(user)}`
  const signs = [...line]
  return signs.length <= HEADLINE ? line : `${signs.slice(0, HEADLINE - 1).join('')}…`
}

/** Not what moderators have covered: whoever sees it elsewhere has not asked to. */
export const shownPictures = ({ media, sensitive }: Post): readonly Media[] => (sensitive ? [] : media)
export const shownPicture = (post: Post): Media | undefined => shownPictures(post)[0]
