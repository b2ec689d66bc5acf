import { limits, type Post, type PostId } from '@tintype/contract'
import { startSystem, type TestSystem } from '@tintype/testkit'
import type { Person } from '@tintype/testkit/person'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let system: TestSystem
beforeAll(async () => {
  system = await startSystem()
})
afterAll(() => system[Symbol.asyncDispose]())

/** A caption or a comment that says this, as somebody reads it. */
interface Written {
  read(reader: Person): Promise<{ text: string; links: string[] }>
}
type Place = 'caption' | 'comment'

const linksOf = ({ facets }: Pick<Post, 'facets'>) =>
  facets.map((facet) =>
    facet.type === 'hashtag' ? `#${facet.tag}` : facet.type === 'mention' ? `@${facet.username}` : facet.url,
  )

async function write(place: Place, writer: Person, text: string): Promise<Written & { post: PostId }> {
  const { post_id } = await writer.share({ caption: place === 'caption' ? text : 'x' })
  await system.settle()
  if (place === 'comment') await writer.comment({ post_id }, text)
  return {
    post: post_id,
    async read(reader) {
      if (place === 'caption') {
        const post = await reader.post(post_id)
        return { text: post.caption, links: linksOf(post) }
      }
      const [comment] = (await reader.api.comments.list({ params: { post_id } })).items
      if (!comment) throw new Error('no comment')
      return { text: comment.text, links: linksOf(comment) }
    },
  }
}

const people = <const Names extends readonly string[]>(...names: Names) => system.people(...names)
const one = async (name: string) => (await system.people(name))[0]
const rename = (person: Person, username: string) => person.api.members.update({ body: { username } })

describe.each(['caption', 'comment'] as const)('a %s', (place) => {
  const p = place.slice(0, 2)

  it('links tags, members and addresses; what an address holds is neither', async () => {
    const [ana, ben] = await people(`${p}ana`, `${p}ben`)
    const text = `@${p}ben https://example.org/?u=@${p}ben#Decision @${p}ben@pixelfed.social #Sea ${p}ben@example.org`
    const written = await write(place, ana, text)
    expect(await written.read(ben)).toEqual({
      text,
      links: [`@${p}ben`, `https://example.org/?u=@${p}ben#Decision`, '#sea'],
    })
  })

  it('names members as they are called now', async () => {
    const [cora, dan, eva] = await people(`${p}cora`, `${p}dan`, `${p}eva`)
    const written = await write(place, cora, `with @${p}dan, @${p}eva! #x`)
    await rename(dan, `${p}daniel.the.second`)
    expect(await written.read(eva)).toEqual({
      text: `with @${p}daniel.the.second, @${p}eva! #x`,
      links: [`@${p}daniel.the.second`, `@${p}eva`, '#x'],
    })
    await rename(dan, `${p}d`)
    expect((await written.read(cora)).text).toBe(`with @${p}d, @${p}eva! #x`)
    await dan.leave()
    expect((await written.read(cora)).links).toEqual([`@${p}eva`, '#x'])
  })

  it('that a longer name would make too long to be edited keeps the name as it was written, and its link', async () => {
    const [wim, xav] = await people(`${p}wim`, `${p}xav`)
    const mention = `@${p}xav `
    const text = mention + 'x'.repeat(limits.caption - mention.length)
    const written = await write(place, wim, text)
    await rename(xav, `${p}xaverius.the.younger`)
    expect(await written.read(xav)).toEqual({ text, links: [`@${p}xaverius.the.younger`] })
  })

  it('links nobody who blocks the writer, or whom the reader may not see, whenever that came', async () => {
    const [fay, gus, hal, ida] = await people(`${p}fay`, `${p}gus`, `${p}hal`, `${p}ida`)
    await gus.block(fay)
    const text = `@${p}gus @${p}hal @${p}ida @${p}nobody`
    const written = await write(place, fay, text)
    await system.settle()
    expect((await written.read(fay)).links).toEqual([`@${p}hal`, `@${p}ida`])
    await hal.block(fay)
    await ida.block(gus)
    expect(await written.read(fay)).toEqual({ text, links: [`@${p}ida`] })
    expect((await written.read(ida)).links).toEqual([`@${p}ida`])
    expect((await written.read(gus).catch(() => undefined))?.links ?? []).toEqual([])
  })

  it('of which nothing can be seen, or whose end is too far, is refused or empty', async () => {
    const [jo] = await people(`${p}jo`)
    const { post } = await write('caption', jo, 'x')
    const put = (text: string) =>
      place === 'caption'
        ? jo.api.posts.edit({ params: { post_id: post }, body: { caption: text } }).then((it) => it.caption)
        : jo.comment({ post_id: post }, text).then((it) => it.text)
    const full = '😀'.repeat(limits.caption)
    expect(await put(full)).toBe(full)
    await expect(put(`${full}.`)).rejects.toMatchObject({ code: 'validation_failed' })
    expect(await put(`a\n\n\u200b\n\u2800\n\nb\u202e`)).toBe('a\n\nb')
    for (const blank of ['\u200b', '\u3164\n\u2800', '\u200d', ' \u2060 ']) {
      if (place === 'caption') expect(await put(blank)).toBe('')
      else await expect(put(blank)).rejects.toMatchObject({ code: 'validation_failed' })
    }
  })
})

describe('a mention', () => {
  it('means the same member after an edit, by their new name and by the one they gave up', async () => {
    const [kim, leo] = await people('kim', 'leo')
    const { post_id } = await kim.share({ caption: 'for @leo' })
    await system.settle()
    await rename(leo, 'leonard')
    const edit = (caption: string) => kim.api.posts.edit({ params: { post_id }, body: { caption } })
    const means = { facets: [{ type: 'mention', user_id: leo.id, username: 'leonard' }] }
    expect(await edit('for @leonard!')).toMatchObject({ caption: 'for @leonard!', ...means })
    expect(await edit('for @leo, again')).toMatchObject({ caption: 'for @leonard, again', ...means })
    // Held no more, and somebody else's: what was written before still means who was meant.
    system.clock.advance(15 * 86_400_000)
    await kim.logIn()
    expect(await edit('for @leo')).toMatchObject({ caption: 'for @leonard', ...means })
  })

  it('finds a name that was given up while it is held, as its profile does', async () => {
    const [mia, nik, oli] = await people('mia', 'nik', 'oli')
    await rename(nik, 'nikolas')
    expect(await mia.api.members.profile({ params: { username: 'nik' } })).toMatchObject({
      username: 'nikolas',
    })
    const { post_id } = await mia.share({ caption: '@nik' })
    expect(await mia.post(post_id)).toMatchObject({ caption: '@nikolas', facets: [{ user_id: nik.id }] })
    await nik.block(oli)
    const asked = (person: Person, username: string) =>
      person.api.members.profile({ params: { username } }).catch((error) => error.code)
    expect(await asked(oli, 'nik')).toBe('not_found')
    system.clock.advance(15 * 86_400_000)
    await mia.logIn()
    expect(await asked(mia, 'nik')).toBe('not_found')
    const next = await one('nikita')
    await rename(next, 'nik')
    expect(await mia.api.members.profile({ params: { username: 'nik' } })).toMatchObject({ user_id: next.id })
  })
})

describe('names, places and descriptions', () => {
  it.each(['\u200b', '\u3164', '\u2800', '\u200d\u200c', ' '])('of %j are empty', async (blank) => {
    const pia = await one(`pia${blank.codePointAt(0)}`)
    expect(await pia.api.members.update({ body: { full_name: blank, bio: blank } })).toMatchObject({
      full_name: '',
      bio: '',
    })
    const { post_id } = await pia.share({ caption: 'x', alt_texts: [blank] })
    await system.settle()
    expect((await pia.post(post_id)).media.map(({ alt_text }) => alt_text)).toEqual([''])
    const place = { location: { name: blank } }
    await expect(pia.api.posts.edit({ params: { post_id }, body: place })).rejects.toMatchObject({
      code: 'validation_failed',
    })
  })

  it('turn no text around', async () => {
    const quin = await one('quin')
    const turned = 'a\u202eb\u2066c\u2069'
    expect(await quin.api.members.update({ body: { full_name: turned, bio: turned } })).toMatchObject({
      full_name: 'abc',
      bio: 'abc',
    })
    const { post_id } = await quin.share({ caption: 'x' })
    const body = { caption: turned, location: { name: turned }, alt_texts: [turned] }
    expect(await quin.api.posts.edit({ params: { post_id }, body })).toMatchObject({
      caption: 'abc',
      location: { name: 'abc' },
    })
  })
})

it('a stored tag leads to its posts, however it was written', async () => {
  const rea = await one('rea')
  const tags = ['İSTANBUL', 'zw\u200dj1x', 'Straße', 'カメラ・旅行', 'ﷺ', '𐐨'.repeat(100), 'สวัสดี']
  const { post_id } = await rea.share({ caption: tags.map((tag) => `#${tag}`).join(' ') })
  await system.settle()
  const post = await rea.post(post_id)
  expect(post.facets).toHaveLength(tags.length)
  for (const tag of [
    ...tags,
    'istanbul',
    'STRASSE',
    'zwj1x',
    ...post.facets.flatMap((f) => ('tag' in f ? f.tag : [])),
  ]) {
    const { items } = await rea.api.feed.hashtag({ params: { tag } })
    expect([tag, items.map((item) => item.post_id)]).toEqual([tag, [post_id]])
  }
})

describe('hashtags of the author’s own comments', () => {
  const tagged = async (reader: Person, tag: string) =>
    (await reader.api.feed.hashtag({ params: { tag } })).items.map((post) => post.post_id)
  const scene = async (...names: [string, string]) => {
    const [author, other] = await people(...names)
    const { post_id } = await author.share({ caption: 'x #captioned' })
    await system.settle()
    return { author, other, post_id }
  }

  it('count for the post until they are deleted; those of others do not', async () => {
    const { author, other, post_id } = await scene('sam', 'tom')
    const own = await author.comment({ post_id }, '#Harbour #Fog')
    const second = await author.comment({ post_id }, 'more #fog #captioned')
    await other.comment({ post_id }, '#spam')
    await system.settle()
    expect(await tagged(other, 'harbour')).toEqual([post_id])
    expect(await tagged(other, 'spam')).toEqual([])
    expect(await other.api.search.autocomplete({ query: { q: '#harb' } })).toEqual([
      { type: 'hashtag', tag: 'harbour', posts_count: 1 },
    ])
    await author.api.comments.delete({ params: { comment_id: own.comment_id } })
    await system.settle()
    expect(await tagged(other, 'harbour')).toEqual([])
    expect(await other.api.search.autocomplete({ query: { q: '#harb' } })).toEqual([])
    expect(await tagged(other, 'fog')).toEqual([post_id])
    // A tag that the caption loses stays while a comment has it, and the other way round.
    await author.api.posts.edit({ params: { post_id }, body: { caption: 'x #fog' } })
    expect(await tagged(other, 'captioned')).toEqual([post_id])
    await author.api.comments.delete({ params: { comment_id: second.comment_id } })
    await system.settle()
    expect(await tagged(other, 'captioned')).toEqual([])
    expect(await tagged(other, 'fog')).toEqual([post_id])
  })

  it('go with the comment they answer, and with the post', async () => {
    const { author, other, post_id } = await scene('uwe', 'vera')
    const question = await other.comment({ post_id }, 'where?')
    await author.comment({ post_id }, 'at #cove', question)
    const standing = await author.comment({ post_id }, '#dune')
    await system.settle()
    expect(await tagged(other, 'cove')).toEqual([post_id])
    await other.api.comments.delete({ params: { comment_id: question.comment_id } })
    await system.settle()
    expect(await tagged(other, 'cove')).toEqual([])
    expect(await tagged(other, 'dune')).toEqual([post_id])
    expect(standing.facets).toHaveLength(1)
    await author.delete({ post_id })
    await system.settle()
    expect(await other.api.search.autocomplete({ query: { q: '#dune' } })).toEqual([])
  })
})

it('rows of an earlier version are brought in line while everything serves', async () => {
  const [zoe, yul, xia] = await people('zoe', 'yul', 'xia')
  const { post_id } = await zoe.share({ caption: 'x' })
  await system.settle()
  const written = await zoe.comment({ post_id }, 'y')
  const { query } = system.engines.db
  const caption = '❤️#sunset https://example.org/?u=@yul @xia\u202e'
  const stale = JSON.stringify([
    { type: 'mention', start: 32, end: 36, username: 'yul', user_id: yul.id },
    { type: 'mention', start: 37, end: 41, username: 'xia', user_id: xia.id },
  ])
  const comment = 'by 写真#港'
  await sql`update posts set caption = ${caption}, facets = ${stale}::text::jsonb, text_version = 0
            where post_id = ${post_id}`.execute(query)
  await sql`update comments set text = ${comment}, facets = '[]', text_version = 0
            where comment_id = ${written.comment_id}`.execute(query)
  await sql`update users set full_name = ${'Zo\u202eë Ångström'}, text_version = 0 where user_id = ${zoe.id}`.execute(
    query,
  )
  const due = system.system.schedules.filter(({ name }) => name.endsWith('.text'))
  expect(due.map(({ name }) => name).sort()).toEqual(['engagement.text', 'members.text', 'posts.text'])
  for (const { run } of due) await run(new AbortController().signal)
  await system.settle()
  const post = await yul.post(post_id)
  expect(post).toMatchObject({ caption: caption.slice(0, -1), edited_at: null })
  expect(linksOf(post)).toEqual(['#sunset', 'https://example.org/?u=@yul', '@xia'])
  const { items } = await yul.api.comments.list({ params: { post_id } })
  expect(items.map(linksOf)).toEqual([['#港']])
  expect((await yul.api.feed.hashtag({ params: { tag: 'sunset' } })).items).toHaveLength(1)
  const found = await yul.api.search.find({ query: { q: 'zoe angs', type: 'users' } })
  expect(found.items).toMatchObject([{ user: { username: 'zoe', full_name: 'Zoë Ångström' } }])
})
