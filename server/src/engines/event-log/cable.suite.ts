import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A way to the server that can be cut: what is behind it has crashed, as far as anyone else can see. */
export class Cable {
  readonly url: string
  onCut: () => PromiseLike<void> = async () => {}
  readonly #cut: () => Promise<void>

  constructor(url: string, cut: () => Promise<void>) {
    this.url = url
    this.#cut = cut
  }

  static async lay(url: string): Promise<Cable> {
    const dir = await mkdtemp(join(tmpdir(), 'tintype-cable-'))
    const there = `${new URL(url).searchParams.get('host')}/.s.PGSQL.5432`
    const ends = new Set<Socket>()
    const server = createServer((near) => {
      const far = connect(there)
      for (const end of [near, far]) {
        ends.add(end)
        end.on('error', () => {})
        end.on('close', () => {
          near.destroy()
          far.destroy()
        })
      }
      near.pipe(far).pipe(near)
    })
    await new Promise<void>((resolve) => server.listen(join(dir, '.s.PGSQL.5432'), resolve))
    const here = new URL(url)
    here.searchParams.set('host', dir)
    return new Cable(here.href, async () => {
      for (const end of ends) end.destroy()
      await new Promise((resolve) => server.close(resolve))
      await rm(dir, { recursive: true, force: true })
    })
  }

  cut(): Promise<void> {
    return this.#cut()
  }
}
