import { photo, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** What the module promises together with all others, on the whole system. */
let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
  await system.people('first')
})
afterAll(() => system[Symbol.asyncDispose]())

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'fine',
    (error) => error.code,
  )

describe('an avatar', () => {
  it('goes through the upload flow, shows once ready, and anybody may look at it', async () => {
    const [ana, ben] = await system.people('ana', 'ben')
    const [avatar_upload_id] = await ana.upload([await photo(7)])
    await ana.api.members.update({ body: { avatar_upload_id, privacy_level: 'private' } })
    await system.settle()
    const { profile_picture } = await ben.profile(ana)
    const picture = await fetch(new URL(profile_picture ?? '', system.baseUrl))
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp'])
    expect(await code(ben.api.members.update({ body: { avatar_upload_id } }))).toBe('upload_not_found')
    await ana.api.members.update({ body: { avatar_upload_id: null } })
    await system.settle()
    expect((await ben.profile(ana)).profile_picture).toBeNull()
  })
})

describe('a deleted account', () => {
  it('takes all it held with it', async () => {
    const [cleo, dag] = await system.people('cleo', 'dag')
    await dag.follow(cleo)
    const post = await cleo.share({ caption: '#farewell' })
    const other = await dag.share()
    await system.settle()
    await cleo.comment(other, 'nice')
    await cleo.like(other)
    await system.settle()
    expect(await dag.home()).toContain(post.post_id)
    expect(await dag.post(other.post_id)).toMatchObject({ likes_count: 1, comments_count: 1 })

    await cleo.leave()
    expect(await code(dag.post(post.post_id))).toBe('not_found')
    expect(await dag.home()).not.toContain(post.post_id)
    await system.settle()
    expect(await dag.post(other.post_id)).toMatchObject({ likes_count: 0, comments_count: 0 })
    expect(await dag.api.graph.following({ params: { username: 'dag' } })).toMatchObject({ items: [] })
    expect((await dag.api.feed.hashtag({ params: { tag: 'farewell' } })).items).toEqual([])
    expect(await dag.notifications()).toEqual([])
  })
})

describe('counts of oneself', () => {
  it('tell of follow requests and unread notifications', async () => {
    const [eva, fay] = await system.people('eva', 'fay')
    await eva.goPrivate()
    await fay.follow(eva)
    await system.settle()
    expect(await eva.api.members.me()).toMatchObject({ follow_requests: 1, unread_notifications: 1 })
  })
})
