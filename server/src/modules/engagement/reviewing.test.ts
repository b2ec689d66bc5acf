import type { Commenters, Post } from '@tintype/contract'
import { Live, type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

/** What an author decides over their posts: who may comment, which comments stand out or wait, and who sees the likes. */
let system: TestSystem
let [ana, ben, cleo, dora]: Person[] = [] as never

beforeAll(async () => {
  system = await startSystem()
  ;[, ana, ben, cleo, dora] = await system.people('the.owner', 'ana', 'ben', 'cleo', 'dora')
  await ana?.follow(ben as Person)
  await cleo?.follow(ana as Person)
  await system.settle()
})
afterAll(() => system[Symbol.asyncDispose]())

const cast = () => ({ ana, ben, cleo, dora }) as Record<'ana' | 'ben' | 'cleo' | 'dora', Person>
const texts = async (viewer: Person, post: Post) =>
  (await viewer.api.comments.list({ params: post })).items.map(({ text }) => text)
async function shared(author: Person, fields: Parameters<Person['share']>[0] = {}) {
  const post = await author.share(fields)
  await system.settle()
  return post
}
const params = ({ comment_id }: { comment_id: never }) => ({ comment_id })

test.each<[Commenters, string[]]>([
  ['everyone', ['ana', 'ben', 'cleo', 'dora']],
  ['following', ['ana', 'ben']],
  ['followers', ['ana', 'cleo']],
  ['mentioned', ['ana', 'dora']],
  ['off', []],
])('comments from %s', async (comments_from, admitted) => {
  const post = await shared(cast().ana, { caption: 'with @dora', comments_from })
  const limited = comments_from !== 'everyone' && comments_from !== 'off'
  for (const [name, member] of Object.entries(cast())) {
    const seen = await member.post(post.post_id)
    const may = admitted.includes(name)
    expect([name, seen.comments_enabled, seen.comments_from, seen.viewer.may_comment]).toEqual([
      name,
      comments_from !== 'off',
      limited ? comments_from : undefined,
      limited && !may ? false : undefined,
    ])
    const written = member.comment(post, name)
    if (may) expect(await written).toMatchObject({ text: name })
    else
      await expect(written).rejects.toMatchObject({
        code: comments_from === 'off' ? 'comments_off' : 'comments_limited',
      })
  }
  // As older apps say it.
  const edit = (comments_enabled: boolean) =>
    cast().ana.api.posts.edit({ params: post, body: { comments_enabled } })
  expect(await edit(true)).toMatchObject({ comments_enabled: true })
  expect((await edit(true)).comments_from).toBe(limited ? comments_from : undefined)
  expect((await edit(false)).comments_enabled).toBe(false)
  expect((await edit(true)).comments_from).toBeUndefined()
})

test('settings are what posts to come are made with, and fields left out stay', async () => {
  const { ana, ben } = cast()
  const { postSettings } = ana.api
  expect(await postSettings.get()).toEqual({
    comments_from: 'everyone',
    likes_hidden: false,
    tags_from: 'anyone',
    filtered_words: [],
    downloads_allowed: false,
  })
  const before = await shared(ana)
  await postSettings.change({ body: { comments_from: 'followers' } })
  const changed = await postSettings.change({
    body: { likes_hidden: true, filtered_words: [' foo ', 'foo'] },
  })
  expect(changed).toEqual({
    comments_from: 'followers',
    likes_hidden: true,
    tags_from: 'anyone',
    filtered_words: ['foo'],
    downloads_allowed: false,
  })
  expect(await postSettings.get()).toEqual(changed)
  const [post, other] = [await ana.share(), await ana.share({ comments_from: 'off', likes_hidden: false })]
  expect(post).toMatchObject({ comments_from: 'followers', likes_hidden: true })
  expect(other).toMatchObject({ comments_enabled: false })
  expect(other.likes_hidden).toBeUndefined()
  expect((await ana.post(before.post_id)).comments_from).toBeUndefined()
  expect((await ben.share()).comments_from).toBeUndefined()
  await postSettings.change({ body: { comments_from: 'everyone', likes_hidden: false, filtered_words: [] } })
  await system.settle()
})

test('how many like it is its author’s to know, wherever it is said', async () => {
  const { ana, ben, cleo, dora } = cast()
  const post = await shared(ana, { likes_hidden: true })
  expect(await ben.api.engagement.like({ params: post })).toEqual({ liked: true, likes_count: 1 })
  expect(await cleo.api.engagement.like({ params: post })).toEqual({ liked: true, likes_count: 1 })
  await system.settle()
  const counts = async () =>
    Promise.all(
      [ana, cleo, dora].map(async (viewer) => {
        const live = await Live.of(viewer)
        await live.subscribe(`post:${post.post_id}`)
        const { data } = await live.next('post.counted')
        await live.close()
        const likers = await viewer.api.engagement.likes({ params: post })
        const feed = await viewer.api.feed.user({ params: ana })
        const shown = feed.items.find(({ post_id }) => post_id === post.post_id)
        const { likes_count } = await viewer.post(post.post_id)
        return [likes_count, shown?.likes_count, data.likes_count, likers.items.length]
      }),
    )
  expect(await counts()).toEqual([
    [2, 2, 2, 2],
    [1, 1, undefined, 0],
    [0, 0, undefined, 0],
  ])
  expect((await ana.notifications())[0]).toMatchObject({ type: 'like', others_count: 1 })
  await ana.api.posts.edit({ params: post, body: { likes_hidden: false } })
  expect(await counts()).toEqual([
    [2, 2, 2, 2],
    [2, 2, 2, 2],
    [2, 2, 2, 2],
  ])
  await ana.api.posts.edit({ params: post, body: { likes_hidden: true } })
  expect(await ben.api.engagement.unlike({ params: post })).toEqual({ liked: false, likes_count: 0 })
})

test('three comments can be pinned, by the post’s author, and stand above the others', async () => {
  const { ana, ben, dora } = cast()
  const post = await shared(ana)
  const said = []
  for (const word of ['one', 'two', 'three', 'four', 'five']) said.push(await ben.comment(post, word))
  const [one, two, , four, five] = said as [never, never, never, never, never]
  const reply = await ana.comment(post, 'reply', one)
  const review = ana.api.commentReview
  const pin = (comment: never) => review.pin({ params: params(comment) })
  for (const comment of [five, two, four, two]) expect(await pin(comment)).toMatchObject({ pinned: true })
  await expect(pin(one)).rejects.toMatchObject({ code: 'pins_full' })
  await expect(pin(reply as never)).rejects.toMatchObject({ code: 'reply_not_pinnable' })
  for (const other of [ben, dora])
    await expect(other.api.commentReview.pin({ params: params(one) })).rejects.toMatchObject({
      code: 'not_found',
    })
  expect(await texts(dora, post)).toEqual(['five', 'two', 'four', 'one', 'three'])
  // In pages of any size none is shown twice, none is left out.
  for (const limit of [1, 3, 4, 5]) {
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await dora.api.comments.list({
        params: post,
        query: { limit, ...(cursor === undefined ? {} : { cursor }) },
      })
      seen.push(...page.items.map(({ text }) => text))
      cursor = page.next_cursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(['five', 'two', 'four', 'one', 'three'])
  }
  expect((await review.unpin({ params: params(two) })).pinned).toBeUndefined()
  await ben.api.comments.delete({ params: params(five) })
  // Of those who ask at once for the last place, one gets it.
  await pin(one)
  const last = await Promise.allSettled([pin(two), pin(said[2] as never)])
  expect(last.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect((await texts(dora, post)).slice(0, 2)).toEqual(['four', 'one'])
})

test('a comment with a filtered word is its writer’s alone until the post’s author approves it', async () => {
  const { ana, ben, cleo, dora } = cast()
  await ana.api.postSettings.change({ body: { filtered_words: ['Nope'] } })
  const post = await shared(ana)
  const top = await cleo.comment(post, 'fine')
  await system.settle()
  const lastCommenter = async () =>
    (await ana.notifications()).find(({ subject }) => subject.partition === post.post_id)?.actor.username
  const live = await Live.of(dora)
  await live.subscribe(`post:${post.post_id}`)
  const held = await ben.comment(post, 'Nópe! @dora')
  const answer = await ben.comment(post, 'nope, nope', top)
  const own = await ana.comment(post, 'nope is allowed to me')
  expect([held.held, answer.held, own.held]).toEqual([true, true, undefined])
  await system.settle()
  // Its writer sees it where it will stand; nobody else does, and no count tells of it.
  expect(await texts(ben, post)).toEqual(['fine', 'Nópe! @dora', 'nope is allowed to me'])
  for (const viewer of [ana, cleo, dora, system.visitor()])
    expect(await texts(viewer, post)).toEqual(['fine', 'nope is allowed to me'])
  expect(await ana.post(post.post_id)).toMatchObject({ comments_count: 2 })
  expect((await cleo.api.comments.list({ params: post })).items[0]).toMatchObject({ replies_count: 0 })
  expect(await lastCommenter()).toBe('cleo')
  const isTold = async () =>
    (await dora.notifications()).some(({ subject }) => subject.id === held.comment_id)
  expect(await isTold()).toBe(false)
  for (const viewer of [ana, cleo, dora]) {
    await expect(viewer.api.comments.like({ params: params(held as never) })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(viewer.comment(post, 'so?', held)).rejects.toMatchObject({ code: 'not_found' })
  }
  // Only the author finds what waits, and only they decide.
  const review = ana.api.commentReview
  const waiting = async () => (await review.held({ query: { post_id: post.post_id } })).items
  expect((await waiting()).map(({ comment_id }) => comment_id)).toEqual([answer.comment_id, held.comment_id])
  for (const viewer of [ben, cleo, dora]) {
    expect((await viewer.api.commentReview.held()).items).toEqual([])
    const approving = viewer.api.commentReview.approve({ params: params(held as never) })
    await expect(approving).rejects.toMatchObject({ code: 'not_found' })
  }
  await Promise.all([held, held, answer].map((one) => review.approve({ params: params(one as never) })))
  await system.settle()
  expect(await waiting()).toEqual([])
  for (const viewer of [ana, cleo, dora])
    expect(await texts(viewer, post)).toEqual(['fine', 'Nópe! @dora', 'nope is allowed to me'])
  expect(await ana.post(post.post_id)).toMatchObject({ comments_count: 4 })
  expect((await cleo.api.comments.list({ params: post })).items[0]).toMatchObject({ replies_count: 1 })
  expect(await lastCommenter()).toBe('ben')
  expect(await isTold()).toBe(true)
  await vi.waitFor(() =>
    expect(
      live.messages.flatMap((one) => (one.type === 'comment.created' ? [one.data.comment.text] : [])),
    ).toContain('Nópe! @dora'),
  )
  await live.close()
  // What is refused goes without a trace, by the author or by its writer, and with what it answers.
  const [refused, regretted] = [await ben.comment(post, 'nope 2'), await ben.comment(post, 'nope 3')]
  await ben.comment(post, 'nope 4', top)
  await ana.api.comments.delete({ params: params(refused as never) })
  await ben.api.comments.delete({ params: params(regretted as never) })
  await cleo.api.comments.delete({ params: params(top as never) })
  await system.settle()
  expect(await waiting()).toEqual([])
  expect(await ana.post(post.post_id)).toMatchObject({ comments_count: 2 })
})
