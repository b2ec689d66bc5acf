import type { SentMessage } from '@tintype/contract'
import { Live, type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'

/** The topic of an open post. */
let system: TestSystem
let owner: Person

beforeAll(async () => {
  system = await startSystem()
  ;[owner] = await system.people('the.owner')
})
afterAll(() => system[Symbol.asyncDispose]())

let round = 0
/** Each with a name of its own. */
async function cast<const Names extends readonly string[]>(...names: Names) {
  const tail = `.${++round}`
  return system.people(...names.map((name) => name + tail)) as unknown as {
    [I in keyof Names]: Person
  }
}

async function shared(author: Person) {
  const post = await author.share()
  await system.settle()
  return { ...post, topic: `post:${post.post_id}` as const }
}

/** Opens a post as the web app does. */
async function looking(person: Person, { topic }: { topic: `post:${string}` }) {
  const live = await Live.of(person)
  expect(await live.subscribe(topic)).toBe('subscribed')
  await live.next('post.counted')
  return live
}

const said = (live: Live, type: SentMessage['type']) =>
  live.messages.flatMap((one) => (one.type === type ? [one.data] : []))
const texts = (live: Live) =>
  live.messages.flatMap((one) => (one.type === 'comment.created' ? [one.data.comment.text] : []))
const likes = (live: Live) =>
  live.messages.flatMap((one) => (one.type === 'post.counted' ? [one.data.likes_count] : []))

describe('who has a post open', () => {
  test('sees its likes counted, as the API counts them', async () => {
    const [ana, ben, cleo] = await cast('ana', 'ben', 'cleo')
    const post = await shared(ana)
    await ben.like(post)
    await system.settle()
    const live = await looking(cleo, post)
    expect(likes(live)).toEqual([1])
    await cleo.like(post)
    await system.settle()
    await vi.waitFor(() => expect(likes(live).at(-1)).toBe(2))
    await ben.unlike(post)
    await system.settle()
    await vi.waitFor(() => expect(likes(live).at(-1)).toBe(1))
    expect((await cleo.post(post.post_id)).likes_count).toBe(1)
    await live.close()
  })

  test('sees comments and replies as the API answers them, and that they are deleted', async () => {
    const [ana, ben, cleo] = await cast('ana', 'ben', 'cleo')
    const post = await shared(ana)
    const live = await looking(cleo, post)
    const comment = await ben.comment(post, `for @${cleo.username}`)
    await system.settle()
    const reply = await ana.comment(post, 'indeed', comment)
    await system.settle()
    await vi.waitFor(() => expect(texts(live)).toHaveLength(2))
    const { items } = await cleo.api.comments.list({ params: post })
    const { items: replies } = await cleo.api.comments.replies({ params: comment })
    expect(said(live, 'comment.created')).toEqual([
      { comment: { ...items[0], replies_count: 0 }, parent: null },
      { comment: replies[0], parent: { comment_id: comment.comment_id, replies_count: 1 } },
    ])
    const counts = () => said(live, 'post.counted').at(-1)
    await vi.waitFor(() => expect(counts()).toMatchObject({ comments_count: 2 }))
    await ana.api.comments.delete({ params: reply })
    await ben.api.comments.delete({ params: comment })
    await system.settle()
    const ids = { post_id: post.post_id, comment_id: comment.comment_id, parent: null }
    await vi.waitFor(() => expect(said(live, 'comment.deleted').at(-1)).toEqual(ids))
    await vi.waitFor(() => expect(counts()).toMatchObject({ comments_count: 0 }))
    await live.close()
  })

  test('hears nothing of a comment by whom one blocked, or who blocked one, nor of its end', async () => {
    const [ana, ben, cleo, dora] = await cast('ana', 'ben', 'cleo', 'dora')
    const post = await shared(ana)
    await cleo.block(ben)
    await dora.block(cleo)
    await system.settle()
    const live = await looking(cleo, post)
    const other = await looking(ana, post)
    for (const [person, text] of [
      [ben, 'from whom she blocked'],
      [dora, 'from who blocked her'],
    ] as const) {
      const comment = await person.comment(post, text)
      await person.api.comments.delete({ params: comment })
      await person.comment(post, text)
      await system.settle()
    }
    await ana.comment(post, 'last')
    await system.settle()
    await vi.waitFor(() => expect(texts(live)).toEqual(['last']))
    expect(said(live, 'comment.deleted')).toEqual([])
    await vi.waitFor(() => expect(texts(other)).toContain('last'))
    expect(said(other, 'comment.deleted')).toHaveLength(2)
    await Promise.all([live.close(), other.close()])
  })

  test('goes on where they left off, and hears nothing twice', async () => {
    const [ana, ben] = await cast('ana', 'ben')
    const post = await shared(ana)
    const live = await looking(ben, post)
    await ana.comment(post, 'heard')
    await system.settle()
    const { cursor } = await live.next('comment.created')
    await live.close()
    await ana.comment(post, 'missed')
    await system.settle()
    const back = await Live.of(ben)
    await back.subscribe(post.topic, cursor)
    expect((await back.next('subscribed')).data.resumed).toBe(true)
    await ana.comment(post, 'later')
    await system.settle()
    await vi.waitFor(() => expect(texts(back)).toEqual(['missed', 'later']))
    await back.close()
  })

  test('is told no more once they closed it', async () => {
    const [ana, ben] = await cast('ana', 'ben')
    const [post, other] = [await shared(ana), await shared(ana)]
    const live = await looking(ben, post)
    await live.subscribe(other.topic)
    live.send({ type: 'unsubscribe', data: { topic: post.topic } })
    await live.heard()
    await ana.comment(post, 'unheard')
    await ana.comment(other, 'heard')
    await system.settle()
    await vi.waitFor(() => expect(texts(live)).toEqual(['heard']))
    await live.close()
  })

  test('may follow so many at once, and no more', async () => {
    const [ana] = await cast('ana')
    const live = await Live.of(owner)
    const all = await Promise.all(Array.from({ length: 50 }, async () => (await ana.share()).post_id))
    await system.settle()
    for (const id of all) expect(await live.subscribe(`post:${id}`)).toBe('subscribed')
    const post = await shared(ana)
    expect(await live.subscribe(post.topic)).toBe('too_many_topics')
    live.send({ type: 'unsubscribe', data: { topic: `post:${all[0]}` } })
    expect(await live.subscribe(post.topic)).toBe('subscribed')
    await live.close()
  }, 60_000)
})

describe('is put out at once', () => {
  const cases: [
    string,
    (people: Record<'author' | 'viewer', Person>, post: { post_id: never }) => Promise<unknown>,
  ][] = [
    ['by a block', ({ author, viewer }) => author.block(viewer)],
    ['by blocking', ({ author, viewer }) => viewer.block(author)],
    ['when the post is deleted', ({ author }, post) => author.delete(post)],
    ['when the author leaves', ({ author }) => author.leave()],
    [
      'when a private account’s follower goes',
      async ({ author, viewer }) => {
        await viewer.follow(author)
        await author.goPrivate()
        await system.settle()
        await viewer.unfollow(author)
      },
    ],
    [
      'when a private account removes them',
      async ({ author, viewer }) => {
        await viewer.follow(author)
        await author.goPrivate()
        await system.settle()
        await author.api.graph.removeFollower({ params: viewer })
      },
    ],
    ['when the account goes private', ({ author }) => author.goPrivate()],
  ]

  test.each(cases)('%s', async (_, act) => {
    const [author, viewer] = await cast('author', 'viewer')
    const post = await shared(author)
    const live = await looking(viewer, post)
    await act({ author, viewer }, post as never)
    await system.settle()
    const out = await live.next('unsubscribed')
    expect(out).toMatchObject({ topic: post.topic, data: { code: 'not_found' } })
    expect(await live.subscribe(post.topic)).toBe('not_found')
    await live.close()
  })
})

test.each([
  'post:',
  'post:nonsense',
  'post:0198c2f0-0000-7000-8000-000000000000',
  'posts:0198c2f0-0000-7000-8000-000000000000',
  'constructor:x',
  '',
])('“%s” is not there', async (topic) => {
  const live = await Live.of(owner)
  expect(await live.subscribe(topic as never)).toBe('not_found')
  await live.close()
})
