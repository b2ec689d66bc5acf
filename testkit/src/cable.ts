import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A way to the server that can be cut (what is behind it has crashed, as far as anyone else can see), held (it stays open, and nothing passes),
 * or damaged where it is joined right now; who comes later passes.
 */
export class Cable {
  readonly url: string
  onCut: () => PromiseLike<void> = async () => {}
  readonly #server: Server
  readonly #dir: string | undefined
  readonly #ends = new Set<Socket>()
  readonly #joints = new Set<{ near: Socket; far: Socket }>()
  #isHeld = false

  private constructor(url: string, server: Server, dir?: string) {
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

  /** To a server that listens on a port, by a port of its own. */
  static async layByPort(url: string): Promise<Cable> {
    const { hostname, port } = new URL(url)
    const server = createServer((near) => cable.#join(near, connect(Number(port), hostname)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const here = new URL(url)
    here.port = String((server.address() as AddressInfo).port)
    const cable = new Cable(here.href, server)
    return cable
  }

  async cut(): Promise<void> {
    for (const end of this.#ends) end.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
    if (this.#dir) await rm(this.#dir, { recursive: true, force: true })
  }

  hold(): void {
    this.#isHeld = true
    for (const end of this.#ends) end.pause()
  }

  release(): void {
    this.#isHeld = false
    for (const end of this.#ends) end.resume()
  }

  /** Both sides are told at once that the other is gone. */
  drop(): void {
    for (const end of this.#ends) end.destroy()
  }

  /** The client is told that no more will come; the server goes on. */
  halfClose(): void {
    for (const { near, far } of this.#joints) {
      far.unpipe(near)
      far.resume()
      near.end()
    }
  }

  /** What the server answers from now on goes nowhere. */
  swallowAnswers(): void {
    for (const { near, far } of this.#joints) {
      far.unpipe(near)
      far.resume()
    }
  }

  /** What is asked from now on goes nowhere. */
  swallowQuestions(): void {
    for (const { near, far } of this.#joints) {
      near.unpipe(far)
      near.resume()
    }
  }

  #join(near: Socket, far: Socket): void {
    const joint = { near, far }
    this.#joints.add(joint)
    near.on('close', () => this.#joints.delete(joint))
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
