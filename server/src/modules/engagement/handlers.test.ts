import type { Comment, Page, Post } from '@tintype/contract'
import { type Person, startSystem, type TestSystem } from '@tintype/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

const notFound = { code: 'not_found' }

async function shared(author: Person): Promise<Post> {
  const post = await author.share()
  await system.settle()
  return post
}
const comments = async (viewer: Person, post: Post, query = {}) =>
  viewer.api.comments.list({ params: post, query })
const replies = async (viewer: Person, comment: Comment, query = {}) =>
  viewer.api.comments.replies({ params: comment, query })
const texts = (page: Page<Comment>) => page.items.map((comment) => comment.text)
const likers = async (viewer: Person, post: Post) =>
  (await viewer.api.engagement.likes({ params: post })).items.map((entry) => entry.username)
const counters = async (viewer: Person, post: Post) => {
  const { likes_count, comments_count } = await viewer.post(post.post_id)
  return [likes_count, comments_count]
}

describe('likes', () => {
  test('twice is once, and the one who likes sees it counted at once', async () => {
    const [ana, ben] = await system.people('ana', 'ben')
    const post = await shared(ana)
    expect(await ben.like(post)).toEqual({ liked: true, likes_count: 1 })
    expect(await ben.like(post)).toEqual({ liked: true, likes_count: 1 })
    expect(await ben.post(post.post_id)).toMatchObject({ likes_count: 1, viewer: { liked: true } })
    await system.settle()
    expect(await ana.post(post.post_id)).toMatchObject({ likes_count: 1, viewer: { liked: false } })
    expect(await ben.unlike(post)).toEqual({ liked: false, likes_count: 0 })
    expect(await ben.unlike(post)).toEqual({ liked: false, likes_count: 0 })
    await system.settle()
    expect(await ana.post(post.post_id)).toMatchObject({ likes_count: 0 })
  })

  test('are right after 200 likes and unlikes at once', async () => {
    const crowd = await system.people(...Array.from({ length: 10 }, (_, n) => `crowd${n}`))
    const author = crowd[0] as Person
    const post = await shared(author)
    await Promise.all(
      crowd.flatMap((person) =>
        Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? person.like(post) : person.unlike(post))),
      ),
    )
    for (const person of crowd.slice(0, 5)) await person.unlike(post)
    await Promise.all(crowd.slice(5).flatMap((person) => [person.like(post), person.like(post)]))
    await system.settle()
    expect(await counters(author, post)).toEqual([5, 0])
    expect(await likers(author, post)).toHaveLength(5)
  })

  test('are listed last first, without those hidden from the viewer', async () => {
    const [cai, dan, eve] = await system.people('cai', 'dan', 'eve')
    const post = await shared(cai)
    for (const person of [dan, cai, eve]) await person.like(post)
    expect(await likers(system.visitor(), post)).toEqual(['eve', 'cai', 'dan'])
    const first = await cai.api.engagement.likes({ params: post, query: { limit: 2 } })
    const rest = await cai.api.engagement.likes({ params: post, query: { cursor: first.next_cursor ?? '' } })
    expect(rest).toMatchObject({ items: [{ username: 'dan' }], next_cursor: null })
    await dan.block(eve)
    expect(await likers(dan, post)).toEqual(['cai', 'dan'])
    expect(await likers(eve, post)).toEqual(['eve', 'cai'])
  })
})

describe('comments', () => {
  test('stand oldest first, in pages, while others are written', async () => {
    const [fay, gus] = await system.people('fay', 'gus')
    const post = await shared(fay)
    for (const text of ['one', 'two', 'three']) await gus.comment(post, text)
    const first = await comments(fay, post, { limit: 2 })
    expect(texts(first)).toEqual(['one', 'two'])
    await fay.comment(post, 'four')
    expect(texts(await comments(fay, post, { cursor: first.next_cursor ?? '' }))).toEqual(['three', 'four'])
    await system.settle()
    expect(await counters(gus, post)).toEqual([0, 4])
  })

  test('carry links, likes and who may delete them', async () => {
    const [hal, ida] = await system.people('hal', 'ida')
    const post = await shared(hal)
    const text = 'Look @IDA and @no.body: #Café'
    const comment = await ida.comment(post, ` ${text} `)
    expect(comment).toMatchObject({
      text,
      parent_comment_id: null,
      user: { username: 'ida' },
      likes_count: 0,
      replies_count: 0,
      viewer: { liked: false, can_delete: true },
    })
    expect(comment.facets).toEqual([
      { type: 'mention', start: 5, end: 9, username: 'ida', user_id: ida.id },
      { type: 'hashtag', start: 24, end: 29, tag: 'café' },
    ])
    expect(await hal.api.comments.like({ params: comment })).toEqual({ liked: true, likes_count: 1 })
    expect(await hal.api.comments.like({ params: comment })).toEqual({ liked: true, likes_count: 1 })
    const [seen] = (await comments(hal, post)).items
    expect(seen).toMatchObject({ likes_count: 1, viewer: { liked: true, can_delete: true } })
    await system.settle()
    const [visited] = (await comments(system.visitor(), post)).items
    expect(visited).toMatchObject({ likes_count: 1, viewer: { liked: false, can_delete: false } })
    expect(await hal.api.comments.unlike({ params: comment })).toEqual({ liked: false, likes_count: 0 })
  })

  test('a reply to a reply stays in its thread and names whom it answers', async () => {
    const [jon, kim, lea] = await system.people('jon', 'kim', 'lea')
    const post = await shared(jon)
    const top = await kim.comment(post, 'top')
    const reply = await lea.comment(post, 'reply', top)
    const answer = await kim.comment(post, 'answer', reply)
    expect(answer).toMatchObject({
      text: '@lea answer',
      parent_comment_id: top.comment_id,
      facets: [{ type: 'mention', user_id: lea.id }],
    })
    const named = await jon.comment(post, 'yes @lea!', reply)
    expect(named.text).toBe('yes @lea!')
    const own = await lea.comment(post, 'more', reply)
    expect(own.text).toBe('more')
    expect(texts(await replies(jon, top))).toEqual(['reply', '@lea answer', 'yes @lea!', 'more'])
    expect(texts(await comments(jon, post))).toEqual(['top'])
    await system.settle()
    expect((await comments(jon, post)).items[0]).toMatchObject({ replies_count: 4 })
    expect(await counters(kim, post)).toEqual([0, 5])
  })

  test('are deleted by who wrote them or whose post it is, replies with them', async () => {
    const [max, nia, oli] = await system.people('max', 'nia', 'oli')
    const post = await shared(max)
    const top = await nia.comment(post, 'top')
    const reply = await oli.comment(post, 'reply', top)
    await oli.comment(post, 'another', top)
    const own = await oli.comment(post, 'own')
    await nia.api.comments.like({ params: reply })
    await system.settle()
    const erase = (person: Person, comment: Comment) => person.api.comments.delete({ params: comment })
    await expect(erase(oli, top)).rejects.toMatchObject(notFound)
    await erase(oli, own)
    await expect(erase(oli, own)).rejects.toMatchObject(notFound)
    await erase(max, reply)
    expect(texts(await replies(nia, top))).toEqual(['another'])
    expect((await comments(max, post)).items[0]).toMatchObject({ replies_count: 1 })
    await erase(nia, top)
    await expect(replies(nia, top)).rejects.toMatchObject(notFound)
    await expect(nia.comment(post, 'too late', top)).rejects.toMatchObject(notFound)
    await system.settle()
    expect(await counters(max, post)).toEqual([0, 0])
    expect(texts(await comments(max, post))).toEqual([])
  })

  test('are refused where they are off, empty, too long, too full of tags, or on nothing', async () => {
    const [pia] = await system.people('pia')
    const post = await shared(pia)
    const other = await shared(pia)
    const elsewhere = await pia.comment(other, 'elsewhere')
    await expect(pia.comment(post, ' \n ')).rejects.toMatchObject({ code: 'validation_failed' })
    await expect(pia.comment(post, 'x'.repeat(2201))).rejects.toMatchObject({ code: 'validation_failed' })
    await expect(pia.comment(post, '#a '.repeat(31))).rejects.toMatchObject({ code: 'too_many_tags' })
    await expect(pia.comment(post, '@pia '.repeat(21))).rejects.toMatchObject({ code: 'too_many_tags' })
    await expect(pia.comment(post, 'stray', elsewhere)).rejects.toMatchObject(notFound)
    await pia.api.posts.edit({ params: post, body: { comments_enabled: false } })
    await expect(pia.comment(post, 'hello')).rejects.toMatchObject({ code: 'comments_off' })
    expect(await counters(pia, post)).toEqual([0, 0])
  })

  test('sent twice under one key are one', async () => {
    const [quin] = await system.people('quin')
    const post = await shared(quin)
    const send = () =>
      quin.api.comments.create({
        params: post,
        body: { text: 'once' },
        headers: { 'idempotency-key': 'the-only-one' },
      })
    expect(await send()).toEqual(await send())
    expect(texts(await comments(quin, post))).toEqual(['once'])
  })
})

test('a save is one’s own, last saved first', async () => {
  const [rae, sam] = await system.people('rae', 'sam')
  const [one, two] = [await shared(rae), await shared(rae)]
  const saved = async () => (await sam.api.feed.saved()).items.map((post) => post.post_id)
  expect(await sam.save(two)).toEqual({ saved: true })
  await sam.save(one)
  await sam.save(two)
  expect(await saved()).toEqual([one.post_id, two.post_id])
  expect((await sam.post(one.post_id)).viewer.saved).toBe(true)
  expect(await sam.api.engagement.unsave({ params: one })).toEqual({ saved: false })
  expect(await saved()).toEqual([two.post_id])
  await rae.delete(two)
  await system.settle()
  expect(await saved()).toEqual([])
})

describe('who may see it', () => {
  test('a private account’s posts cannot be liked, saved or commented on by strangers', async () => {
    const [tom, fan, stranger] = await system.people('tom', 'tom.fan', 'tom.stranger')
    await fan.follow(tom)
    await tom.goPrivate()
    const post = await shared(tom)
    const comment = await fan.comment(post, 'mine')
    await fan.like(post)
    for (const person of [stranger, system.visitor()]) {
      for (const read of [
        () => likers(person, post),
        () => comments(person, post),
        () => replies(person, comment),
      ])
        await expect(read()).rejects.toMatchObject(notFound)
    }
    for (const change of [
      () => stranger.like(post),
      () => stranger.unlike(post),
      () => stranger.save(post),
      () => stranger.comment(post, 'hi'),
      () => stranger.comment(post, 'hi', comment),
      () => stranger.api.comments.like({ params: comment }),
      () => stranger.api.comments.delete({ params: comment }),
    ])
      await expect(change()).rejects.toMatchObject(notFound)
    await tom.api.graph.removeFollower({ params: fan })
    await expect(comments(fan, post)).rejects.toMatchObject(notFound)
    // What one wrote can always be taken back.
    await fan.api.comments.delete({ params: comment })
    await system.settle()
    expect(await counters(tom, post)).toEqual([1, 0])
  })

  test('those who block each other do not see each other’s comments', async () => {
    const [uma, vic, wes] = await system.people('uma', 'vic', 'wes')
    const post = await shared(uma)
    const byVic = await vic.comment(post, 'by vic')
    const byWes = await wes.comment(post, 'by wes @vic', byVic)
    await vic.block(wes)
    expect(texts(await comments(wes, post))).toEqual([])
    await expect(replies(wes, byVic)).rejects.toMatchObject(notFound)
    await expect(wes.comment(post, 'again', byVic)).rejects.toMatchObject(notFound)
    expect(texts(await replies(vic, byVic))).toEqual([])
    await expect(vic.api.comments.like({ params: byWes })).rejects.toMatchObject(notFound)
    expect(texts(await replies(uma, byVic))).toEqual(['by wes @vic'])
    const unlinked = await wes.comment(post, 'and @vic')
    expect(unlinked.facets).toEqual([])
  })
})

describe('what is gone', () => {
  test('a deleted post takes its likes and comments along', async () => {
    const [xia, yan] = await system.people('xia', 'yan')
    const post = await shared(xia)
    await yan.like(post)
    const comment = await yan.comment(post, 'mine')
    await xia.delete(post)
    await system.settle()
    for (const ask of [
      () => likers(yan, post),
      () => comments(yan, post),
      () => replies(yan, comment),
      () => yan.like(post),
    ])
      await expect(ask()).rejects.toMatchObject(notFound)
  })

  test('a deleted account takes its likes, comments and their counts along', async () => {
    const [zoe, abe] = await system.people('zoe', 'abe')
    const post = await shared(zoe)
    const kept = await zoe.comment(post, 'kept')
    const thread = await abe.comment(post, 'goes')
    await zoe.comment(post, 'goes with it', thread)
    await abe.comment(post, 'goes too', kept)
    await abe.like(post)
    await abe.api.comments.like({ params: kept })
    await system.settle()
    await abe.leave()
    await system.settle()
    expect(await counters(zoe, post)).toEqual([0, 1])
    expect(await likers(zoe, post)).toEqual([])
    expect((await comments(zoe, post)).items).toMatchObject([
      { text: 'kept', likes_count: 0, replies_count: 0 },
    ])
  })
})
