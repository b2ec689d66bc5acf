import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { measurePacked, pack, unpack } from './packed-file.ts'
import { archivedName, listArchived, numberAt, numberOf, positionOf, unbroken } from './segments.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tintype-segments-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const name = (timeline: number, number: number) =>
  [timeline, Math.floor(number / 256), number % 256]
    .map((part) => part.toString(16).toUpperCase().padStart(8, '0'))
    .join('')

describe('the archive of the log', () => {
  const put = (segment: string, at: number) => writeFile(join(dir, archivedName(segment, at)), '')

  test('knows a segment by its name and by a position in it', () => {
    expect([numberOf('000000010000000100000002'), numberAt('1/2000028'), positionOf(258)]).toEqual([
      258,
      258,
      '1/2000000',
    ])
  })

  test('lists in the order of the log, each segment once, with the time that it reaches to', async () => {
    for (const [number, at] of [
      [256, 3000],
      [255, 2000],
      [255, 9000],
      [3, 1000],
    ] as const)
      await put(name(1, number), at)
    await writeFile(join(dir, '00000002.history.zst'), '')
    await writeFile(join(dir, `${name(1, 4)}.part`), '')
    expect((await listArchived(dir)).map(({ segment, at }) => [numberOf(segment), at])).toEqual([
      [3, 1000],
      [255, 2000],
      [256, 3000],
    ])
    expect(await listArchived(join(dir, 'none'))).toEqual([])
  })

  test('ends a restore at a gap, and goes on over a new timeline', async () => {
    for (const number of [5, 6, 8]) await put(name(1, number), number * 1000)
    const numbers = async (start: string) =>
      unbroken(await listArchived(dir), start).map(({ segment }) => segment)
    expect(await numbers(name(1, 5))).toEqual([name(1, 5), name(1, 6)])
    expect(await numbers(name(1, 4))).toEqual([])
    for (const number of [6, 7, 8]) await put(name(2, number), number * 1000 + 500)
    expect(await numbers(name(2, 6))).toEqual([name(2, 6), name(2, 7), name(2, 8)])
  })
})

describe('a packed file', () => {
  test('comes back byte for byte, with zeros as a hole', async () => {
    const bytes = Buffer.alloc(4 * 1024 * 1024)
    bytes.write('at the start')
    bytes.write('in the middle', 2_000_000)
    const [plain, packed, back] = ['plain', 'packed', 'back'].map((each) => join(dir, each)) as [
      string,
      string,
      string,
    ]
    await writeFile(plain, bytes)
    const measured = await pack(plain, packed)
    expect(measured).toMatchObject({ size: bytes.length, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect((await stat(packed)).size).toBeLessThan(2000)
    expect(await unpack(packed, back)).toEqual(measured)
    expect(await measurePacked(packed)).toEqual(measured)
    expect((await readFile(back)).equals(bytes)).toBe(true)
    expect((await stat(back)).blocks * 512).toBeLessThan(1024 * 1024)
  })

  test('is not there where packing failed, and rejects where it was damaged', async () => {
    await expect(pack(join(dir, 'none'), join(dir, 'packed'))).rejects.toMatchObject({ code: 'ENOENT' })
    await expect(stat(join(dir, 'packed.part'))).rejects.toMatchObject({ code: 'ENOENT' })
    await writeFile(join(dir, 'plain'), 'x'.repeat(1000))
    await pack(join(dir, 'plain'), join(dir, 'packed'))
    const bytes = await readFile(join(dir, 'packed'))
    bytes[bytes.length - 2] = (bytes[bytes.length - 2] ?? 0) ^ 255
    await writeFile(join(dir, 'packed'), bytes)
    await expect(unpack(join(dir, 'packed'), join(dir, 'back'))).rejects.toThrow()
  })
})
