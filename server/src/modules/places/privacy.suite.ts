import type { PostId } from '@tintype/contract'
import type { Person } from '@tintype/testkit'

/** A post from "<tag> bay". */
interface Shown {
  tag: string
  post: { post_id: PostId }
}

/** Ways to a place and what is from there. */
export const placeProbes = {
  'places.get': async ({ api }: Person, { tag }: Shown) =>
    (await api.places.get({ params: { place: `${tag} BAY` } })).posts_count > 0,
  'places.posts': async ({ api }: Person, { tag, post }: Shown) =>
    (await api.places.posts({ params: { place: `${tag} bay` } })).items.some(
      ({ post_id }) => post_id === post.post_id,
    ),
}

export const isSuggested = async ({ api }: Person, { tag }: Pick<Shown, 'tag'>) =>
  (await api.places.suggest({ query: { q: tag } })).length > 0
