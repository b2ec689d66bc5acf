import type { CircleId, Post, PostId } from '@tintype/contract'
import type { Person } from '@tintype/testkit'

export const put = (owner: Person, id: CircleId, { username }: Person) =>
  owner.api.circles.addMember({ params: { circle_id: id, username } })
export const takeOut = (owner: Person, id: CircleId, { username }: Person) =>
  owner.api.circles.removeMember({ params: { circle_id: id, username } })
export const circleOf = async (owner: Person, ...members: Person[]) => {
  const { circle_id: id } = await owner.api.circles.create({ body: { name: 'Very secret name' } })
  for (const member of members) await put(owner, id, member)
  return id
}
export const code = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )
export const has = ({ post_id }: { post_id: PostId }, page: { items: readonly { post_id: PostId }[] }) =>
  page.items.some((item) => item.post_id === post_id)
export const picture = (of: Post) => of.media[0]?.url ?? ''
