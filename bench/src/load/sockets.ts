import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Milliseconds until a socket that is not taken is a failure. */
const PATIENCE = 30_000
/** Sockets that are being opened at the same time. */
const AT_ONCE = 50

const head = (host: string, token: string) =>
  [
    `GET /api/v1/realtime?access_token=${token} HTTP/1.1`,
    `Host: ${host}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '\r\n',
  ].join('\r\n')

/** An open app that costs this process next to nothing: reads messages, says frames, answers pings. */
export class LoadSocket {
  readonly #socket: Socket
  readonly #hear: (message: { type: string; data: Record<string, unknown> }) => void
  #rest: Buffer = Buffer.alloc(0)
  #isUpgraded = false

  private constructor(socket: Socket, hear: LoadSocket['hear']) {
    this.#socket = socket
    this.#hear = hear
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('error', () => socket.destroy())
  }

  /** Resolves when it is ready. */
  static async open(
    { host, port }: { host: string; port: number },
    token: string,
    hear: LoadSocket['hear'] = () => {},
  ): Promise<LoadSocket> {
    const socket = connect(port, host)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(() => reject(new Error('a socket was not taken in time')), PATIENCE)
    socket.once('close', () => reject(new Error('a socket was closed')))
    const open = new LoadSocket(socket, (message) => {
      if (message.type === 'ready') resolve()
      hear(message)
    })
    await once(socket, 'connect')
    socket.write(head(`${host}:${port}`, token))
    await promise.finally(() => clearTimeout(timer))
    return open
  }

  get hear() {
    return this.#hear
  }

  say(frame: object): void {
    this.#send(0x81, Buffer.from(JSON.stringify(frame)))
  }

  close(): void {
    this.#socket.destroy()
  }

  /** A mask of zeros leaves what is said as it is. */
  #send(kind: number, payload: Buffer): void {
    const size =
      payload.length < 126 ? [0x80 | payload.length] : [0xfe, payload.length >> 8, payload.length & 255]
    this.#socket.write(Buffer.concat([Buffer.from([kind, ...size, 0, 0, 0, 0]), payload]))
  }

  #read(chunk: Buffer): void {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    if (!this.#isUpgraded) {
      const end = this.#rest.indexOf('\r\n\r\n')
      if (end < 0) return
      this.#isUpgraded = true
      this.#rest = this.#rest.subarray(end + 4)
    }
    while (this.#readFrame());
    // What was read is not held by a view of it.
    if (this.#rest.length === 0) this.#rest = Buffer.alloc(0)
  }

  #readFrame(): boolean {
    const rest = this.#rest
    if (rest.length < 2) return false
    const short = (rest[1] ?? 0) & 127
    const from = short === 126 ? 4 : 2
    if (rest.length < from) return false
    const length = short === 126 ? rest.readUInt16BE(2) : short
    if (rest.length < from + length) return false
    const payload = rest.subarray(from, from + length)
    const kind = (rest[0] ?? 0) & 15
    if (kind === 1) this.#hear(JSON.parse(payload.toString()))
    if (kind === 9) this.#send(0x8a, payload)
    this.#rest = rest.subarray(from + length)
    return true
  }
}

/** One for each token, some at a time. */
export async function openSockets(
  server: { host: string; port: number },
  tokens: readonly string[],
  hear?: LoadSocket['hear'],
): Promise<LoadSocket[]> {
  const sockets: LoadSocket[] = []
  for (let at = 0; at < tokens.length; at += AT_ONCE) {
    const some = tokens.slice(at, at + AT_ONCE).map((token) => LoadSocket.open(server, token, hear))
    sockets.push(...(await Promise.all(some)))
  }
  return sockets
}
