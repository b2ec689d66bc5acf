import { photoOf, startSystem } from '@tintype/testkit'
import { expect, test } from 'vitest'
import { download } from '../archives/archive.suite.ts'
import { bring, bringIn, garbled, itemsOf, picture, profileOf, seconds, zipOf } from './imports.suite.ts'

const posts = 'your_instagram_activity/media/posts_1.json'

test('an archive of Instagram is looked through first; then its posts stand at their times, and nobody is told', async () => {
  await using system = await startSystem()
  const [ana, ben] = await system.people('ana', 'ben')
  await ben.follow(ana)
  await ben.home()
  const fresh = await ana.share({ caption: 'made here' })
  await system.settle()
  const told = (await ben.notifications()).length
  const files = {
    [posts]: [
      {
        media: [
          { uri: 'media/posts/202105/a.jpg', creation_timestamp: seconds('2021-05-03T10:00:00Z'), title: '' },
          { uri: 'media/posts/202105/b.jpg', creation_timestamp: seconds('2021-05-03T10:00:00Z'), title: '' },
        ],
        title: garbled('Café mit @ben 🌞 #sommer'),
        creation_timestamp: seconds('2021-05-03T10:00:01Z'),
      },
      {
        media: [
          {
            uri: 'media/posts/201908/c.webp',
            creation_timestamp: seconds('2019-08-01T08:00:00Z'),
            title: garbled('Größe'),
          },
        ],
      },
      {
        media: [
          { uri: 'media/posts/lost.jpg', creation_timestamp: seconds('2018-01-01T00:00:00Z'), title: 'lost' },
        ],
      },
    ],
    'your_instagram_activity/media/stories.json': {
      ig_stories: [
        { uri: 'media/stories/202001/s.jpg', creation_timestamp: seconds('2020-01-02T03:04:05Z'), title: '' },
      ],
    },
    'media/posts/202105/a.jpg': await picture(),
    'media/posts/202105/b.jpg': await picture({ format: 'webp' }),
    'media/posts/201908/c.webp': await picture({ format: 'webp' }),
    'media/stories/202001/s.jpg': await picture(),
  }
  const bytes = await zipOf(files)
  const checked = await bring(system, ana, bytes)
  expect(checked).toMatchObject({
    state: 'checked',
    source: 'instagram',
    counts: { planned: 3, left_out: 1, done: 0 },
  })
  expect(checked.from).toBe('2018-01-01T00:00:00.000Z')
  expect(await itemsOf(ana, checked)).toMatchObject([
    { state: 'left_out', reason: 'file_missing', caption: 'lost' },
    { state: 'planned', caption: 'Größe', kind: 'post' },
    { kind: 'story' },
    { caption: 'Café mit @ben 🌞 #sommer', files: ['media/posts/202105/a.jpg', 'media/posts/202105/b.jpg'] },
  ])
  // Nothing is imported yet.
  expect(await profileOf(ben, ana)).toHaveLength(1)

  const params = { import_id: checked.import_id }
  await ana.api.imports.run({ params })
  await system.settle()
  expect(await ana.api.imports.get({ params })).toMatchObject({
    state: 'done',
    counts: { done: 3, failed: 0 },
  })
  expect(await profileOf(ben, ana)).toEqual([
    expect.objectContaining({ caption: 'made here' }),
    { caption: 'Café mit @ben 🌞 #sommer', at: '2021-05-03T10:00:01', pictures: 2, place: null },
    { caption: 'Größe', at: '2019-08-01T08:00:00', pictures: 1, place: null },
  ])
  expect(await system.timelineOf(ben)).toEqual([fresh.post_id])
  expect(await ben.notifications()).toHaveLength(told)
  expect((await ana.notifications())[0]).toMatchObject({ type: 'import', address: '/settings/data' })
  expect(await ben.tray()).toEqual([])
  const { items: kept } = await ana.api.stories.archive()
  expect(kept).toHaveLength(1)
  // The archive itself is not kept.
  expect((await system.storedKeys()).filter((key) => key.startsWith('imports/'))).toEqual([])

  // A second time, and in another generation’s shape, it adds nothing.
  expect(await bring(system, ana, bytes)).toMatchObject({ counts: { planned: 0, known: 3, left_out: 1 } })
})

test('what is of older generations is understood as well', async () => {
  await using system = await startSystem()
  const [ana] = await system.people('ana')
  const [a, b, c] = [await picture(), await picture(), await picture()]
  const old = await zipOf({
    'ana_20190101/media.json': {
      photos: [
        {
          caption: garbled('Übersee'),
          taken_at: '2018-03-04T05:06:07',
          location: garbled('Malmö'),
          path: 'photos/201803/a.jpg',
        },
        {
          caption: garbled('Übersee'),
          taken_at: '2018-03-04T05:06:07',
          location: garbled('Malmö'),
          path: 'photos/201803/b.jpg',
        },
      ],
      stories: [{ caption: '', taken_at: '2018-04-04T05:06:07+00:00', path: 'stories/201804/c.jpg' }],
    },
    'ana_20190101/photos/201803/a.jpg': a,
    'ana_20190101/photos/201803/b.jpg': b,
    'ana_20190101/stories/201804/c.jpg': c,
  })
  expect(await bringIn(system, ana, old)).toMatchObject({ source: 'instagram', counts: { done: 2 } })
  expect(await profileOf(ana)).toEqual([
    { caption: 'Übersee', at: '2018-03-04T05:06:07', pictures: 2, place: 'Malmö' },
  ])
  const html = await zipOf({
    'your_instagram_activity/content/posts_1.html': `<html><body><main><div class="x"><div class="y">Tea &amp; cake</div>
      <div><a href="../../media/posts/202301/d.jpg"><img src="../../media/posts/202301/d.jpg"></a></div>
      <div class="z">Jan 05, 2023 3:04 pm</div></div></main></body></html>`,
    'media/posts/202301/d.jpg': await picture(),
  })
  const checked = await bringIn(system, ana, html)
  expect(checked).toMatchObject({ source: 'instagram', counts: { done: 1 } })
  expect((await profileOf(ana))[0]).toEqual({
    caption: 'Tea & cake',
    at: '2023-01-05T15:04:00',
    pictures: 1,
    place: null,
  })
})

test('Mastodon, Google Photos and folders of pictures are taken too', async () => {
  await using system = await startSystem()
  const [ana] = await system.people('ana')
  const note = (published: string, content: string, url: string, more: object = {}) => ({
    type: 'Create',
    published,
    to: ['https://www.w3.org/ns/activitystreams#Public'],
    object: {
      type: 'Note',
      published,
      content,
      attachment: [{ type: 'Document', url, name: 'A boat' }],
      ...more,
    },
  })
  const mastodon = await zipOf({
    'outbox.json': {
      orderedItems: [
        note(
          '2022-02-02T02:02:02Z',
          '<p>One<br>two</p><p>three &amp; four</p>',
          '/media_attachments/files/1/a.png',
        ),
        note('2022-02-03T02:02:02Z', '<p>An answer</p>', '/media_attachments/files/1/a.png', {
          inReplyTo: 'https://x.test/1',
        }),
        {
          ...note('2022-02-04T02:02:02Z', '<p>For some</p>', '/media_attachments/files/1/a.png'),
          to: ['https://x.test/ana/followers'],
        },
        note('2022-02-05T02:02:02Z', '<p>Elsewhere</p>', 'https://pixelfed.test/a.png'),
      ],
    },
    'actor.json': {},
    'media_attachments/files/1/a.png': await picture({ format: 'png' }),
  })
  expect(await bringIn(system, ana, mastodon)).toMatchObject({
    source: 'activitypub',
    counts: { done: 1, left_out: 1 },
  })
  const takeout = await zipOf({
    'Takeout/Google Photos/Trip/IMG_1.jpg': await picture(),
    'Takeout/Google Photos/Trip/IMG_1.jpg.supplemental-metadata.json': {
      description: 'The bridge',
      photoTakenTime: { timestamp: String(seconds('2015-06-07T08:09:10Z')) },
    },
    'Takeout/Google Photos/Trip/IMG_1(1).jpg': await picture(),
    'Takeout/Google Photos/Trip/IMG_1.jpg(1).json': {
      photoTakenTime: { timestamp: String(seconds('2015-06-08T08:09:10Z')) },
    },
  })
  expect(await bringIn(system, ana, takeout)).toMatchObject({ source: 'google_photos', counts: { done: 2 } })
  const folder = await zipOf({
    'pictures/IMG_20140102_030405.jpg': await picture(),
    'pictures/sunset.png': await picture({ format: 'png' }),
    'pictures/notes.txt': 'nothing',
  })
  expect(await bringIn(system, ana, folder)).toMatchObject({ source: 'pictures', counts: { done: 2 } })
  expect((await profileOf(ana)).map(({ caption, at }) => [caption, at])).toEqual([
    ['One\ntwo\n\nthree & four', '2022-02-02T02:02:02'],
    ['', '2019-07-01T12:00:00'],
    ['', '2015-06-08T08:09:10'],
    ['The bridge', '2015-06-07T08:09:10'],
    ['', '2014-01-02T03:04:05'],
  ])
})

test('what was exported comes back as it was, to an empty place', async () => {
  await using one = await startSystem()
  const [ana] = await one.people('ana')
  await ana.share({
    caption: 'First #light',
    alt_texts: ['A lamp'],
    location: { name: 'Hull' },
    photos: [await jpeg()],
  })
  one.clock.advance(86_400_000)
  await ana.logIn()
  await ana.share({ caption: 'Two of them', photos: [await jpeg(), await jpeg()] })
  const hidden = await ana.share({ caption: 'put away', photos: [await jpeg()] })
  await one.settle()
  await ana.api.postShelf.archive({ params: hidden })
  await ana.prove()
  const { export_id } = await ana.api.exports.create()
  await one.settle()
  const { url } = await ana.api.exports.link({ params: { export_id } })
  const bytes = await download(one, url)
  const before = await profileOf(ana)

  await using other = await startSystem()
  const [, again] = await other.people('olga', 'anna')
  // No sooner than it was exported.
  other.clock.advance(86_400_000)
  await again.logIn()
  expect(await bringIn(other, again, bytes)).toMatchObject({
    source: 'tintype',
    counts: { done: 2, failed: 0 },
  })
  expect(await profileOf(again)).toEqual(before)
  const { items } = await again.api.feed.user({ params: again })
  expect(items.at(-1)?.media[0]).toMatchObject({ alt_text: 'A lamp' })
  // Here it was all along.
  expect(await bring(one, ana, bytes)).toMatchObject({ counts: { planned: 2 } })
})

test.each([
  ['no ZIP at all', Buffer.from('hello '.repeat(100)), 'import_unreadable'],
  ['a ZIP cut short', 'cut', 'import_unreadable'],
  ['a ZIP with nothing in it', 'empty', 'import_empty'],
])('%s is refused, with the reason, and nothing is kept', async (_, what, code) => {
  await using system = await startSystem()
  const [ana] = await system.people('ana')
  const whole = await zipOf(what === 'empty' ? { 'a.txt': 'a' } : { 'a.jpg': await picture() })
  const bytes = Buffer.isBuffer(what) ? what : what === 'cut' ? whole.subarray(0, whole.length - 30) : whole
  expect(await bring(system, ana, bytes)).toMatchObject({ state: 'failed', failure_code: code })
  expect((await system.storedKeys()).filter((key) => key.startsWith('imports/'))).toEqual([])
})

test('what leads out of the archive, is no picture, or is damaged costs itself alone', async () => {
  await using system = await startSystem()
  const [ana] = await system.people('ana')
  const bytes = await zipOf({
    '../../etc/escaped.jpg': await picture(),
    '/absolute.jpg': await picture(),
    'text.jpg': 'this is no picture',
    'good.jpg': await picture(),
    'bomb.jpg': Buffer.alloc(40 * 1024 * 1024),
  })
  const done = await bringIn(system, ana, bytes)
  expect(done).toMatchObject({ state: 'done', counts: { done: 1, failed: 1, left_out: 1 } })
  const items = await itemsOf(ana, done)
  expect(items.map(({ files, state, reason }) => [files[0], state, reason]).sort()).toEqual([
    ['bomb.jpg', 'left_out', 'file_too_large'],
    ['good.jpg', 'done', null],
    ['text.jpg', 'failed', expect.stringMatching(/^media_/)],
  ])
})

test('one is ended when its member wants it; what is another’s is not there', async () => {
  await using system = await startSystem()
  const [ana, ben] = await system.people('ana', 'ben')
  const checked = await bring(system, ana, await zipOf({ 'a.jpg': await picture() }))
  const params = { import_id: checked.import_id }
  const refused = (code: string) => expect.objectContaining({ code })
  for (const act of [ben.api.imports.get, ben.api.imports.run, ben.api.imports.remove, ben.api.imports.items])
    await expect(act({ params } as never)).rejects.toThrow(refused('not_found'))
  await expect(ana.api.imports.create({ body: { size: 10 } })).rejects.toThrow(refused('import_under_way'))
  await ana.api.imports.remove({ params })
  await expect(ana.api.imports.run({ params })).rejects.toThrow(refused('not_found'))
  await system.settle()
  expect(await profileOf(ana)).toEqual([])
  expect((await system.storedKeys()).filter((key) => key.startsWith('imports/'))).toEqual([])
  const { import: next } = await ana.api.imports.create({ body: { size: 10 } })
  await expect(ana.api.imports.check({ params: next })).rejects.toThrow(refused('upload_incomplete'))
})

const jpeg = async () => photoOf(await picture(), 'image/jpeg')
