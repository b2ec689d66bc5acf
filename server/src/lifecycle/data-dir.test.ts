import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepareDataDir } from './data-dir.ts'

let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'tintype-data-'))
})
afterEach(() => rm(dir, { recursive: true, force: true }))

test('is made with all that leads to it, for this user, by several processes at once', async () => {
  for (let round = 0; round < 50; round++) {
    const deep = join(dir, `${round}/a/b/c`)
    await Promise.all(Array.from({ length: 10 }, () => prepareDataDir(deep)))
    expect((await stat(deep)).mode & 0o066).toBe(0)
  }
})

test.runIf(process.platform === 'linux')('a place where no folder can be made is told', async () => {
  for (const place of ['/proc/x', '/proc/x/y/z', '/dev/null/data'])
    await expect(prepareDataDir(place)).rejects.toThrow(`The data directory ${place} `)
})
