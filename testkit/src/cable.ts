import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A way to the server that can be cut (what is behind it has crashed, as far as anyone else can see) or held: it stays open, and nothing passes.
 */
export class Cable {
  readonly url: string
  onCut: () => PromiseLike<void> = async () => {}
  readonly #server: Server
  readonly #dir: string
  readonly #ends = new Set<Socket>()
  #isHeld = false

  private constructor(url: string, server: Server, dir: string) {
    this.url = url
    this.#server = server
    this.#dir = dir
  }

  static async lay(url: string): Promise<Cable> {
    const dir = await mkdtemp(join(tmpdir(), 'tintype-cable-'))
    const there = `${new URL(url).searchParams.get('host')}/.s.PGSQL.5432`
    const here = new URL(url)
    here.searchParams.set('host', dir)
    const server = createServer((near) => cable.#join(near, connect(there)))
    const cable = new Cable(here.href, server, dir)
    await new Promise<void>((resolve) => server.listen(join(dir, '.s.PGSQL.5432'), resolve))
    return cable
  }

  async cut(): Promise<void> {
    for (const end of this.#ends) end.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
    await rm(this.#dir, { recursive: true, force: true })
  }

  hold(): void {
    this.#isHeld = true
    for (const end of this.#ends) end.pause()
  }

  release(): void {
    this.#isHeld = false
    for (const end of this.#ends) end.resume()
  }

  #join(near: Socket, far: Socket): void {
    for (const end of [near, far]) {
      this.#ends.add(end)
      end.on('error', () => {})
      end.on('close', () => {
        this.#ends.delete(end)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far).pipe(near)
    if (this.#isHeld) this.hold()
  }
}
