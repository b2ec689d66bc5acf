import type { HashtagHit, Place, PlaceHit, UserId } from '@tintype/contract'
import type { Judges } from '../../access/visibility.ts'
import type { Db } from '../../engines/db/port.ts'
import type { Posts } from '../posts/api.ts'
import { isPlace, nameOfLabel, placeLabel } from './documents.ts'
import * as store from './label-store.ts'

/** Of a hashtag or place, so many of its newest posts are judged; where there are no more, those are counted that the viewer may see. */
const JUDGED = 100

export interface LabelDeps {
  db: Db
  graph: Judges
  posts: Pick<Posts, 'newestAuthors'>
}

/** Hashtags and places as the posts here have them. */
export class Labels {
  readonly #deps: LabelDeps

  constructor(deps: LabelDeps) {
    this.#deps = deps
  }

  /** By position. There for the viewer is what one of its newest posts is. */
  async hits(
    viewerId: UserId | null,
    labels: readonly store.Label[],
  ): Promise<(HashtagHit | PlaceHit | undefined)[]> {
    const { db, posts, graph } = this.#deps
    const tags = labels.filter((label) => !isPlace(label)).map(nameOfLabel)
    const [rows, tagged, placed] = await Promise.all([
      store.readLabels(db.query, labels),
      posts.newestAuthors(tags, JUDGED),
      store.newestAtPlaces(db.query, labels.filter(isPlace), JUDGED),
    ])
    const authorsOf = (label: store.Label) =>
      (isPlace(label) ? placed.get(label) : tagged.get(nameOfLabel(label))) ?? []
    const see = await graph.judge(viewerId, [...new Set(labels.flatMap(authorsOf))])
    return labels.map((label) => {
      const row = rows.get(label)
      const authors = authorsOf(label)
      const seen = authors.filter((id) => see(id) === 'full').length
      if (!row || seen === 0) return undefined
      const posts_count = authors.length < JUDGED ? seen : Math.max(seen, row.open_posts)
      return isPlace(label)
        ? { type: 'place', place_id: nameOfLabel(label), place: placeOf(row), posts_count }
        : { type: 'hashtag', tag: nameOfLabel(label), posts_count }
    })
  }

  /** A place by its name, however it is written. */
  async place(viewerId: UserId | null, name: string): Promise<PlaceHit | undefined> {
    const [hit] = await this.hits(viewerId, [placeLabel(name)])
    return hit?.type === 'place' ? hit : undefined
  }

  /** Posts from there, newest first; judges nothing. */
  placePosts(name: string, page: store.Before): Promise<store.PlacePost[]> {
    return store.placePosts(this.#deps.db.query, placeLabel(name), page)
  }
}

const placeOf = ({ name, lat, lon }: store.LabelRow): Place => ({
  name,
  ...(lat === null ? {} : { lat }),
  ...(lon === null ? {} : { lon }),
})
