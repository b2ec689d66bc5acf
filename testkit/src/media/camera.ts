import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeClip } from './clips.ts'

interface Recorded {
  seconds: number
  /** Pictures from one key frame to the next. */
  gop?: number
}

const made = new Map<string, Promise<Buffer>>()

/** What a camera records, as a browser sends it: a moving picture of 160 × 90, fifteen a second, with a tone. */
export function recorded({ seconds, gop = 30 }: Recorded): Promise<Buffer> {
  const key = `${seconds} ${gop}`
  const known = made.get(key)
  if (known) return known
  const making = (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tintype-camera-'))
    try {
      const path = join(folder, 'camera')
      await makeClip(path, {
        format: 'matroska',
        seconds,
        film: 'testsrc2=size=160x90:rate=15',
        sound: 'libopus',
        soundFilter: 'aformat=channel_layouts=stereo:sample_fmts=flt',
        options: { g: gop, preset: 'ultrafast', tune: 'zerolatency', 'x264-params': 'scenecut=0' },
      })
      return await readFile(path)
    } finally {
      await rm(folder, { recursive: true })
    }
  })()
  made.set(key, making)
  return making
}
