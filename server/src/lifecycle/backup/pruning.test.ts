import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openObjectBackup } from '../../engines/object-store/open.ts'
import { systemClock } from '../../kit/clock.ts'
import { foldersOf, listFull, newestFullAt } from './full-backups.ts'
import { prune } from './pruning.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tintype-prune-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const open = () =>
  openObjectBackup(
    {
      settings: {
        s3: undefined,
        movingFrom: undefined,
        dataDir: join(dir, 'data'),
        secret: 'x'.repeat(40),
        publicUrl: '',
      },
      clock: systemClock,
    },
    foldersOf(dir).objects,
  )

async function putFull(day: string, startSegment: string, keys: string[]): Promise<void> {
  const path = join(foldersOf(dir).full, `${day.replaceAll('-', '')}T000000.000Z`)
  await mkdir(path, { recursive: true })
  const lines = keys.map((key) => `${JSON.stringify({ key, size: 1 })}\n`).join('')
  await writeFile(join(path, 'objects.jsonl.zst'), zstdCompressSync(lines))
  const made_at = `${day}T00:00:00.000Z`
  const manifest = { format: 1, made_at, base: { startSegment, reachedAt: Date.parse(made_at) } }
  await writeFile(join(path, 'manifest.json'), JSON.stringify(manifest))
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
const segment = (number: number) => `00000001${'0'.repeat(8)}0000000${number}`

test('what is too old goes, with the log and the objects that nothing else needs', async () => {
  await using objects = await open()
  for (const key of ['a/kept', 'a/deleted', 'a/older', 'a/never'])
    await objects.pool.put(key, Buffer.from('x'), { contentType: 'image/png' })
  const { objects: pool } = foldersOf(dir)
  for (const entry of await readdir(pool, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), 0, Date.parse(daysAgo(59)) / 1000)
  await objects.pool.put('a/between', Buffer.from('x'), { contentType: 'image/png' })
  await objects.store.put('a/kept', Buffer.from('x'), { contentType: 'image/png' })
  await mkdir(foldersOf(dir).wal)
  for (const number of [1, 2, 3, 4, 5])
    await writeFile(join(foldersOf(dir).wal, `${segment(number)}.2026-01-01T000000.000Z.zst`), '')
  await putFull(daysAgo(60), segment(1), ['a/older'])
  await putFull(daysAgo(20), segment(3), ['a/kept', 'a/deleted'])
  await putFull(daysAgo(1), segment(5), ['a/kept'])
  expect(await prune(dir, objects, 30)).toBe(1)
  expect(await listFull(dir)).toHaveLength(2)
  expect((await readdir(foldersOf(dir).wal)).map((name) => name.slice(23, 24)).sort()).toEqual([
    '3',
    '4',
    '5',
  ])
  const left: string[] = []
  for await (const key of objects.pool.keys()) left.push(key)
  expect(left.sort()).toEqual(['a/between', 'a/deleted', 'a/kept'])
  expect(await newestFullAt(dir)).toBe(Date.parse(`${daysAgo(1)}T00:00:00Z`))
})

test('the newest stays however old it is, and what is half made is none', async () => {
  await using objects = await open()
  await putFull(daysAgo(400), segment(1), [])
  await mkdir(join(foldersOf(dir).full, '20990101T000000.000Z.part'))
  expect(await prune(dir, objects, 30)).toBe(0)
  expect(await listFull(dir)).toHaveLength(1)
  expect(await newestFullAt(dir)).toBeLessThan(Date.now())
})

test('copies what is new or other, and nothing twice', async () => {
  await using objects = await open()
  const put = (key: string, text: string) =>
    objects.store.put(key, Buffer.from(text), { contentType: 'image/png' })
  await put('a/one', 'one')
  await put('a/two', 'two')
  const mirror = () => objects.mirror({ from: objects.store, to: objects.pool, keys: objects.store.keys() })
  expect(await mirror()).toEqual({ seen: 2, copied: 2, bytes: 6 })
  const later = Date.now() + 3_600_000
  await put('a/two', 'other')
  expect(await mirror()).toEqual({ seen: 2, copied: 1, bytes: 5 })
  expect(await mirror()).toEqual({ seen: 2, copied: 0, bytes: 0 })
  const since = async (time: number) => {
    const keys: string[] = []
    for await (const key of objects.keysSince?.(time) ?? []) keys.push(key)
    return keys.sort()
  }
  expect(await since(0)).toEqual(['a/one', 'a/two'])
  expect(await since(later)).toEqual([])
})
