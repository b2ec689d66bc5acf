import type { UserId } from '@tintype/contract'
import type { Pieces } from '../kit/pieces.ts'
import { type Author, cardOf, type PostRecord, write } from './card.ts'

/**
 * A post as its author sees it the moment it was made (the JSON of a Post; undefined where the author is gone): none of its pictures
 * is ready, nobody has seen it, so nothing has to be read.
 */
export const newPostView =
  (people: { authors(ids: readonly UserId[]): Promise<Map<UserId, Author>> }) =>
  async (post: PostRecord): Promise<Pieces | undefined> => {
    const author = (await people.authors([post.author_id])).get(post.author_id)
    return author && write(cardOf(post, author, new Map()), author, undefined, { is_author: true })
  }
