import { Readable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TintypeError } from '@tintype/contract'
import { startSystem } from '@tintype/testkit'
import { describe, expect, test } from 'vitest'
import type { ObjectStore } from '../../engines/object-store/port.ts'
import { bring, bringIn, type Files, picture, profileOf, seconds, zipOf } from './imports.suite.ts'
import { instagram } from './instagram.ts'
import { activityPub, googlePhotos, pictures } from './others.ts'
import type { OpenArchive } from './plan.ts'
import { SentZip } from './zip-reading.ts'

const code = (failure: unknown) => (failure as TintypeError).code
const refused = (failure: string) => expect.objectContaining({ code: failure })

describe('what an archive says is not believed', () => {
  test('texts are stored as a request’s are, times that cannot be are not taken', async () => {
    await using system = await startSystem()
    const [ana] = await system.people('ana')
    const post = (uri: string, creation_timestamp: number, title: string) => ({
      media: [{ uri, creation_timestamp, title }],
    })
    const bytes = await zipOf({
      'content/posts_1.json': [
        post('media/a.jpg', seconds('2019-01-01T00:00:00Z'), ' NUL \0, half \ud800, turned \u202e '),
        post('media/b.jpg', seconds('2099-01-01T00:00:00Z'), 'of the future'),
        post('media/c.jpg', 1e15, 'of no time'),
        post('media/d.jpg', 1e290, 'of none either'),
        post('media/lost\0\ud800.jpg', 0.0001, 'lost'),
      ],
      ...(await picturesAt('media/a.jpg', 'media/b.jpg', 'media/c.jpg', 'media/d.jpg')),
    })
    const done = await bringIn(system, ana, bytes)
    expect(done).toMatchObject({ state: 'done', counts: { done: 4, failed: 0, left_out: 1 } })
    const now = new Date(system.clock.now()).toISOString().slice(0, 10)
    const told = (await profileOf(ana)).map(({ caption, at }) => [caption, at.slice(0, 10)])
    expect(told.sort()).toEqual([
      ['NUL , half \ufffd, turned', '2019-01-01'],
      ['of no time', now],
      ['of none either', now],
      ['of the future', now],
    ])
    expect((await ana.api.imports.list()).imports).toHaveLength(1)
  })

  test('a choice that there is not is none', async () => {
    await using system = await startSystem()
    const [ana] = await system.people('ana')
    const entries = [
      {
        status: 'published',
        created_at: '2020-01-01T00:00:00.000Z',
        caption: 'x',
        comments_from: 'nobody at all',
        location: { name: ' \u200b ' },
        media: [{ file: 'media/a.jpg', alt_text: 'A\0 boat' }],
      },
    ]
    const bytes = await zipOf({
      'data/posts.json': { format: 'tintype-archive', version: 1, entries },
      ...(await picturesAt('media/a.jpg')),
    })
    expect(await bringIn(system, ana, bytes)).toMatchObject({ state: 'done', counts: { done: 1 } })
    expect(await profileOf(ana)).toMatchObject([{ caption: 'x', place: null }])
  })

  test('one post of very many pictures is very many', async () => {
    await using system = await startSystem()
    const [ana] = await system.people('ana')
    const media = Array.from({ length: 500_001 }, () => ({ uri: 'a.jpg' }))
    const bytes = await zipOf({ 'content/posts_1.json': [{ media, title: 'x', creation_timestamp: 1e9 }] })
    expect(await bring(system, ana, bytes)).toMatchObject({
      state: 'failed',
      failure_code: 'import_too_many',
    })
  })

  test('nothing more is begun of an import that its member has ended', async () => {
    await using system = await startSystem()
    const [ana] = await system.people('ana')
    const checked = await bring(
      system,
      ana,
      await zipOf(await picturesAt(...Array.from({ length: 6 }, (_, n) => `${n}.jpg`))),
    )
    const params = { import_id: checked.import_id }
    const { objectStore } = system.engines
    const put = objectStore.put.bind(objectStore)
    const remove = objectStore.delete.bind(objectStore)
    // The archive outlasts its import, as it may for a reader that has it open.
    objectStore.delete = (keys) => remove(keys.filter((key) => !key.startsWith('imports/')))
    let isEnded = false
    objectStore.put = async (key, bytes, options) => {
      if (key.startsWith('uploads/') && !isEnded) {
        isEnded = true
        await ana.api.imports.remove({ params })
      }
      return put(key, bytes, options)
    }
    await ana.api.imports.run({ params })
    await system.settle()
    expect(isEnded).toBe(true)
    expect(await profileOf(ana)).toHaveLength(1)
  })
})

describe('what was never shown stays so', () => {
  test('stories that were for close friends', async () => {
    await using system = await startSystem()
    const [ana] = await system.people('ana')
    const story = (file: string, audience: string) => ({
      status: 'published',
      created_at: '2020-01-01T00:00:00.000Z',
      file,
      audience,
    })
    const entries = [story('a.jpg', 'followers'), story('b.jpg', 'close_friends')]
    const head = { format: 'tintype-archive', version: 1 }
    const bytes = await zipOf({
      'data/posts.json': { ...head, entries: [] },
      'data/stories.json': { ...head, entries },
      ...(await picturesAt('a.jpg', 'b.jpg')),
    })
    expect(await bringIn(system, ana, bytes)).toMatchObject({ state: 'done', counts: { done: 2 } })
    const { items } = await ana.api.stories.archive()
    expect(items.map(({ audience }) => audience).sort()).toEqual(['close_friends', 'followers'])
  })

  test('pictures out of messages, where an archive of Instagram came in several ZIPs', async () => {
    const found = await pictures.read(
      archiveWith({
        'your_instagram_activity/messages/inbox/ben_1/photos/1.jpg': '',
        'media/archived_posts/202001/2.jpg': '',
        'media/posts/202001/3.jpg': '',
        'holidays/messages/4.jpg': '',
      }),
    )
    expect(found?.flatMap(({ files }) => files.map(({ name }) => name))).toEqual([
      'media/posts/202001/3.jpg',
      'holidays/messages/4.jpg',
    ])
  })

  test('what lies in Google’s archive and bin', async () => {
    const about = (more: object) => ({ photoTakenTime: { timestamp: '1500000000' }, ...more })
    const found = await googlePhotos.read(
      archiveWith({
        'a.jpg': '',
        'a.jpg.json': about({}),
        'b.jpg': '',
        'b.jpg.json': about({ archived: true }),
        'c.jpg': '',
        'c.jpg.json': about({ trashed: true }),
      }),
    )
    expect(found?.flatMap(({ files }) => files.map(({ name }) => name))).toEqual(['a.jpg'])
  })
})

describe('a stranger’s page takes no longer than its length', () => {
  const LONG = 60_000
  const time = '>Jan 05, 2023 3:04 pm<'
  test.each([
    ['a link without an end', `src="${'media/'.repeat(LONG)}`],
    ['links in links', 'src="media/a.'.repeat(LONG)],
    ['tags without an end', '<a '.repeat(LONG)],
    ['brackets', '<'.repeat(LONG)],
    ['blanks', `>${' '.repeat(LONG)}`],
    ['entities', '&a'.repeat(LONG)],
  ])('%s', async (_, page) => {
    const html = `<main>${page}${time}src="media/a.jpg"${page}${time}`
    await instagram.read(archiveWith({ 'content/posts_1.html': html }))
    const note = { type: 'Note', content: page, attachment: [{ url: 'a.jpg' }] }
    const to = ['as:Public']
    await activityPub.read(
      archiveWith({ 'outbox.json': { orderedItems: [{ type: 'Create', to, object: note }] } }),
    )
  })

  test('names of folders', async () => {
    const slashes = '/'.repeat(LONG)
    await instagram.read(
      archiveWith({ [`${slashes}\n/media/posts_1.json`]: [], [`${'a'.repeat(LONG)}/media.json`]: {} }),
    )
  })
})

describe('a ZIP', () => {
  test('that is damaged costs its reader alone, however late they read', async () => {
    const bytes = await zipOf({ 'a.jpg': 'some bytes' })
    // The file's own header; the directory stays.
    bytes.fill(0, 0, 4)
    await using zip = await open(bytes)
    const stream = zip.stream('a.jpg', 100)
    for (let turn = 0; turn < 100; turn++) await nextTurn()
    await expect(textOf(stream)).rejects.toThrow(refused('import_unreadable'))
  })

  test('that cannot be fetched now is tried again', async () => {
    const broken = new Readable({ read: () => broken.destroy(new Error('ECONNRESET')) })
    const get = async () => ({ info: {} as never, body: broken })
    expect(code(await SentZip.open({ get }, 'key', 1000).catch((error) => error))).toBe('unavailable')
  })

  test('has no files with names that nobody has', async () => {
    const long = `${'a'.repeat(2000)}.jpg`
    await using zip = await open(await zipOf({ [long]: '', 'line\nbreak.jpg': '', 'good name.jpg': '' }))
    expect([...zip.files.keys()]).toEqual(['good name.jpg'])
  })

  test('with a list of more values than memory has room for is refused', async () => {
    await using zip = await open(await zipOf({ 'a.json': `[${'{},'.repeat(1_500_000)}{}]` }))
    await expect(zip.json('a.json')).rejects.toThrow(refused('import_too_many'))
  })

  test('whose lists are together too long is refused', async () => {
    await using zip = await open(await zipOf({ 'a.json': ' '.repeat(300) }), 1000)
    for (let n = 0; n < 3; n++) expect(await zip.json('a.json')).toBeUndefined()
    await expect(zip.json('a.json')).rejects.toThrow(refused('import_too_many'))
  })
})

const picturesAt = async (...names: string[]): Promise<Files> =>
  Object.fromEntries(await Promise.all(names.map(async (name) => [name, await picture()] as const)))

/** An archive without a ZIP around it. */
function archiveWith(files: Files): OpenArchive {
  return {
    files: new Map(
      Object.keys(files).map((name) => [name, { name, size: 1, crc32: 1, modified: 1_500_000_000_000 }]),
    ),
    json: async (name) => files[name],
    text: async (name) => String(files[name]),
  }
}

const open = (bytes: Buffer, mostText?: number): Promise<SentZip> => {
  const get = async (_: string, { start, end = bytes.length - 1 } = { start: 0 }) => ({
    info: {} as never,
    body: Readable.from([bytes.subarray(start, end + 1)]),
  })
  return SentZip.open({ get } as Pick<ObjectStore, 'get'>, 'key', bytes.length, mostText)
}
