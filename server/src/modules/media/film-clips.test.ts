import { expect, it, vi } from 'vitest'
import { composed } from './film-clips.ts'
import { FilmLine } from './video/film-line.ts'

type Film = Parameters<typeof composed>[1]

const limits = { seconds: 60, bytes: 1 }
const clip = { start_ms: 0, end_ms: 3_600_000, speed: 0.5 }

it.each([36_000, 0])(
  'of a film that says it lasts %i seconds, no more is put together than may be shown',
  async (duration) => {
    const join = vi.fn()
    const film = {
      row: { purpose: 'post', edit: { clips: Array(30).fill(clip) } },
      folder: '/nowhere',
      probe: { duration },
      picture: { width: 64, height: 64, frameRate: 30 },
      watch: { signal: new AbortController().signal },
      process: () => ({ join }),
    } as unknown as Film
    const deps = { line: new FilmLine(1), threads: 1, limits } as unknown as Parameters<typeof composed>[0]
    await expect(composed(deps, film)).rejects.toMatchObject({
      code: 'media_too_long',
    })
    expect(join).not.toHaveBeenCalled()
  },
)
