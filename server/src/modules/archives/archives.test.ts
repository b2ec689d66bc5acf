import { execFileSync } from 'node:child_process'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TintypeError } from '@tintype/contract'
import { type Person, photo, startSystem, type TestSystem } from '@tintype/testkit'
import { expect, test } from 'vitest'
import { download, listOf, mailsTo, proveAddress, textOf, unzip } from './archive.suite.ts'
import type { ArchiveDeps } from './deps.ts'
import { Making } from './making.ts'

async function archiveOf(system: TestSystem, person: Person) {
  await person.prove()
  const { export_id } = await person.api.exports.create()
  await system.settle()
  const { url } = await person.api.exports.link({ params: { export_id } })
  return { export_id, url, bytes: await download(system, url) }
}

test('a member downloads all that they gave and got', async () => {
  await using system = await startSystem()
  const [ana, ben] = await system.people('ana', 'ben')
  const picture = await photo(1, { width: 400, height: 300 })
  const post = await ana.share({
    caption: 'At the pier <3',
    alt_texts: ['A pier'],
    location: { name: 'Brighton' },
    photos: [picture],
  })
  await ana.share({ photos: [await photo(2), await photo(3)] })
  await system.settle()
  await ben.follow(ana)
  await ben.like(post)
  await ben.comment(post, 'lovely')
  const { conversation_id } = await ben.api.conversations.create({ body: { usernames: ['ana'] } })
  await ben.api.messages.send({
    params: { conversation_id },
    body: { client_message_id: 'hello-ana', text: 'hi there' },
  })
  await system.settle()
  const { bytes } = await archiveOf(system, ana)
  const files = await unzip(bytes)

  const posts = listOf(files, 'posts')
  expect(posts).toMatchObject([
    { caption: 'At the pier <3', location: { name: 'Brighton' } },
    { caption: '' },
  ])
  const [{ media }] = posts as [{ media: { file: string; alt_text: string }[] }]
  expect(media).toMatchObject([{ alt_text: 'A pier' }])
  // The original, byte for byte.
  expect(files.get(media[0]?.file ?? '')).toEqual(Buffer.from(picture.bytes))
  expect(listOf(files, 'followers')).toMatchObject([{ username: 'ben' }])
  expect(listOf(files, 'likes_received')).toMatchObject([{ username: 'ben', post_id: post.post_id }])
  expect(listOf(files, 'comments_received')).toMatchObject([{ username: 'ben', text: 'lovely' }])
  expect(listOf(files, 'messages')).toMatchObject([{ username: 'ben', body: 'hi there' }])
  expect(listOf(files, 'account')).toMatchObject([{ username: 'ana', email: 'ana@example.org' }])

  const album = textOf(files, 'album/1.html')
  expect(album).toContain('At the pier &lt;3')
  for (const [, linked = ''] of album.matchAll(/(?:src|href)="\.\.\/([^"]+)"/g))
    expect([linked, files.has(linked)]).toEqual([linked, true])
  expect(textOf(files, 'index.html')).toContain('album/1.html')
  const outbox = JSON.parse(textOf(files, 'outbox.json'))
  expect(outbox).toMatchObject({ type: 'OrderedCollection', totalItems: 2 })
  expect(outbox.orderedItems[0]).toMatchObject({
    type: 'Create',
    object: {
      type: 'Note',
      content: '<p>At the pier &lt;3</p>',
      attachment: [{ type: 'Document', name: 'A pier' }],
    },
  })
})

test('other programs read it too', async () => {
  await using system = await startSystem()
  const [ana] = await system.people('ana')
  await ana.share({ caption: 'Größe' })
  await system.settle()
  const { bytes } = await archiveOf(system, ana)
  const folder = await mkdtemp(join(tmpdir(), 'tintype-test-'))
  const path = join(folder, 'a.zip')
  await writeFile(path, bytes)
  const script = 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))'
  try {
    expect(execFileSync('python3', ['-c', script, path], { encoding: 'utf8' })).toMatch(/^None \d+/)
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
  }
})

test('it is downloaded in ranges, by a link that ends, for a week', async () => {
  await using system = await startSystem()
  const [ana, ben] = await system.people('ana', 'ben')
  await ana.share()
  await system.settle()
  const { export_id, url, bytes } = await archiveOf(system, ana)
  const at = [0, 100, bytes.length - 1000, bytes.length]
  const parts = await Promise.all(
    at.slice(0, -1).map((start, n) => download(system, url, `bytes=${start}-${(at[n + 1] ?? 0) - 1}`)),
  )
  expect(Buffer.concat(parts).equals(bytes)).toBe(true)
  const ask = async (path: string, headers = {}) => (await fetch(system.baseUrl + path, { headers })).status
  expect(await ask(url, { range: `bytes=${bytes.length}-` })).toBe(416)
  for (const wrong of [url.slice(0, -1), url.replace(/\?.*/, ''), url.replace(ana.id, ben.id)])
    expect(await ask(wrong)).toBe(404)

  // What is another’s is not there.
  await ben.prove()
  for (const act of [ben.api.exports.link, ben.api.exports.remove])
    await expect(act({ params: { export_id } })).rejects.toThrow(
      expect.objectContaining({ code: 'not_found' }),
    )
  expect(await ben.api.exports.list()).toEqual({ exports: [] })

  system.clock.advance(6 * 3_600_000 + 1000)
  expect(await ask(url)).toBe(404)
  await ana.logIn()
  const { url: later } = await ana.api.exports.link({ params: { export_id } })
  expect(await ask(later)).toBe(200)
  system.clock.advance(7 * 86_400_000)
  expect(await ask(later)).toBe(404)
  await collect(system)
  expect((await system.storedKeys()).filter((key) => key.startsWith('exports/'))).toEqual([])
})

test('they are told by a notice, which goes with the archive, and by a mail that carries no right', async () => {
  await using system = await startSystem()
  const [ana] = await system.people('ana')
  await proveAddress(system, ana)
  const { export_id } = await archiveOf(system, ana)
  expect(await ana.notifications()).toMatchObject([{ type: 'archive' }])
  const mails = await mailsTo(system, ana)
  const mail = mails.find(({ subject }) => subject.includes('Your archive is ready'))
  expect(mail?.text).toContain('/settings/data')
  expect(mail?.text).not.toContain('/media/')
  await ana.api.exports.remove({ params: { export_id } })
  await system.settle()
  expect(await ana.notifications()).toEqual([])
  await expect(ana.api.exports.link({ params: { export_id } })).rejects.toThrow(
    expect.objectContaining({ code: 'not_found' }),
  )
})

test('one is made at a time; one that is given up leaves nothing', async () => {
  await using api = await startSystem({ env: { ROLES: 'api,scheduler' } })
  const [ana] = await api.people('ana')
  await ana.prove()
  const asked = await Promise.allSettled([1, 2, 3].map(() => ana.api.exports.create()))
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const { exports } = await ana.api.exports.list()
  expect(exports).toMatchObject([{ state: 'waiting', done: 0 }])
  const export_id = exports[0]?.export_id as never
  await expect(ana.api.exports.link({ params: { export_id } })).rejects.toThrow(
    expect.objectContaining({ code: 'export_not_ready' }),
  )
  await ana.api.exports.remove({ params: { export_id } })
  await using worker = await startSystem({ beside: api, env: { ROLES: 'worker' } })
  await worker.settle()
  expect(await ana.api.exports.list()).toEqual({ exports: [] })
  expect((await api.storedKeys()).filter((key) => key.startsWith('exports/'))).toEqual([])
})

test('what is private to others is not in it', async () => {
  await using system = await startSystem()
  const [ana, ben, cleo] = await system.people('ana', 'ben', 'cleo')
  await ben.block(ana)
  await cleo.api.graph.mute({ params: ana })
  await cleo.api.stories.hideFrom({ params: ana })
  await cleo.api.reports.create({ body: { kind: 'member', id: ana.id, reason: 'spam', note: 'a bore' } })
  const { conversation_id } = await cleo.api.conversations.create({ body: { usernames: ['ana'] } })
  const [upload_id] = await cleo.upload([await photo(7)])
  await cleo.api.messages.send({
    params: { conversation_id },
    body: {
      client_message_id: 'seen-once',
      photos: [{ upload_id: upload_id as never }],
      expires: 'view_once',
    },
  })
  await cleo.api.messages.send({
    params: { conversation_id },
    body: { client_message_id: 'said-this', text: 'seen' },
  })
  await system.settle()
  const files = await unzip((await archiveOf(system, ana)).bytes)
  const told = [...files].filter(([name]) => name.startsWith('data/')).map(([, bytes]) => bytes.toString())
  expect(told.join()).not.toContain(ben.id)
  expect(listOf(files, 'messages')).toMatchObject([{ body: null, attachments: [] }, { body: 'seen' }])
  expect(told.filter((text) => text.includes(cleo.id))).toHaveLength(2)
  expect(told.join()).not.toContain('a bore')
  expect([...files.keys()].filter((name) => name.startsWith('media/'))).toEqual([])
})

test('who has blocked a member is not named to them, whatever they are called since', async () => {
  await using system = await startSystem()
  const [ana, ben, cleo] = await system.people('ana', 'ben', 'cleo')
  const post = await ana.share()
  await system.settle()
  for (const who of [ben, cleo]) await who.comment(post, `from ${who.username}`)
  await system.settle()
  await ben.block(ana)
  await ana.block(cleo)
  await ben.api.members.update({ body: { username: 'benedict' } })
  await system.settle()
  const files = await unzip((await archiveOf(system, ana)).bytes)
  expect([...files.values()].join()).not.toContain('benedict')
  expect(listOf(files, 'comments_received')).toMatchObject([
    { username: null, text: 'from ben' },
    { username: 'cleo', text: 'from cleo' },
  ])
  expect(listOf(files, 'blocked')).toMatchObject([{ username: 'cleo' }])
})

test('a file that is lost costs itself alone, and is named', async () => {
  await using system = await startSystem()
  const [ana] = await system.people('ana')
  await ana.share({ photos: [await photo(1), await photo(2)] })
  await system.settle()
  const [lost] = (await system.storedKeys()).filter((key) => key.startsWith('uploads/'))
  await system.engines.objectStore.delete([lost ?? ''])
  const files = await unzip((await archiveOf(system, ana)).bytes)
  expect(textOf(files, 'missing.txt')).toMatch(/media\/.*\.(jpg|png|webp)/)
  expect([...files.keys()].filter((name) => name.startsWith('media/'))).toHaveLength(1)
})

test('what could not be made goes with all of its pieces', async () => {
  await using system = await startSystem()
  const [ana] = await system.people('ana')
  await ana.share()
  await system.settle()
  const { objectStore, db } = system.engines
  const put = objectStore.put.bind(objectStore)
  const { promise: isBroken, resolve: breaks } = Promise.withResolvers<void>()
  objectStore.put = (key, bytes, options) => {
    if (!/^exports\/.*\/2$/.test(key)) return put(key, bytes, options)
    breaks()
    return Promise.reject(new TintypeError('unavailable'))
  }
  await ana.prove()
  const { export_id } = await ana.api.exports.create()
  await isBroken
  const making = new Making({ db, clock: system.clock, exportDays: 7 } as Partial<ArchiveDeps> as ArchiveDeps)
  await making.giveUp(ana.id, export_id)
  objectStore.put = put
  await system.settle()
  const left = async () => (await system.storedKeys()).filter((key) => key.startsWith('exports/'))
  expect((await ana.api.exports.list()).exports).toMatchObject([{ state: 'failed' }])
  expect(await left()).toHaveLength(1)
  system.clock.advance(7 * 86_400_000)
  await collect(system)
  expect(await left()).toEqual([])
  await ana.logIn()
  expect((await ana.api.exports.list()).exports).toEqual([])
})

test('who leaves takes their archives along', async () => {
  await using system = await startSystem()
  const [, ana] = await system.people('olga', 'ana')
  await ana.share()
  await system.settle()
  const { url } = await archiveOf(system, ana)
  await ana.leave()
  await system.settle()
  expect((await fetch(system.baseUrl + url)).status).toBe(404)
  await passGrace(system)
  expect((await system.storedKeys()).filter((key) => key.startsWith('exports/'))).toEqual([])
})

async function collect(system: TestSystem): Promise<void> {
  const schedule = system.system.schedules.find(({ name }) => name === 'archives.collect')
  await schedule?.run(new AbortController().signal)
}

async function passGrace(system: TestSystem): Promise<void> {
  system.clock.advance(32 * 86_400_000)
  for (const { run } of system.system.schedules) await run(new AbortController().signal)
  await system.settle()
  system.clock.advance(2 * 3_600_000)
  await collect(system)
}
