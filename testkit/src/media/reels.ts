import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Photo } from '../photo.ts'
import { announce } from './announce.ts'
import { makeClip } from './clips.ts'

let made: Promise<Photo> | undefined

/** A second of an upright film with sound, small: what a reel is made of where it matters not what is seen. */
export function shortClip(): Promise<Photo> {
  made ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tintype-reel-'))
    try {
      const path = join(folder, 'reel.mp4')
      await makeClip(path, { film: 'testsrc2=size=72x128:rate=12', seconds: 1 })
      return announce(await readFile(path), 'video/mp4')
    } finally {
      await rm(folder, { recursive: true })
    }
  })()
  return made
}
