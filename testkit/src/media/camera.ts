import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeClip } from './clips.ts'

interface Recorded {
  seconds: number
  /** As browsers record, or as programs send. */
  format?: 'matroska' | 'webm' | 'flv'
  /** FFmpeg's name. */
  encoder?: 'libx264' | 'libvpx'
  /** Pictures from one key frame to the next. */
  gop?: number
}

const made = new Map<string, Promise<Buffer>>()

/** What a camera records: a moving picture of 160 × 90, fifteen a second, with a tone. */
export function recorded({
  seconds,
  format = 'matroska',
  encoder = 'libx264',
  gop = 30,
}: Recorded): Promise<Buffer> {
  const key = [seconds, format, encoder, gop].join()
  const known = made.get(key)
  if (known) return known
  const making = (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tintype-camera-'))
    try {
      const path = join(folder, 'camera')
      const isH264 = encoder === 'libx264'
      await makeClip(path, {
        format,
        encoder,
        seconds,
        film: 'testsrc2=size=160x90:rate=15',
        ...(format === 'flv'
          ? {}
          : { sound: 'libopus', soundFilter: 'aformat=channel_layouts=stereo:sample_fmts=flt' }),
        options: isH264
          ? { g: gop, preset: 'ultrafast', tune: 'zerolatency', 'x264-params': 'scenecut=0' }
          : { deadline: 'realtime', g: gop },
      })
      return await readFile(path)
    } finally {
      await rm(folder, { recursive: true })
    }
  })()
  made.set(key, making)
  return making
}
