import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endProcess } from './end-process.ts'

/** Ports of loopback, by what listens there does. */
export interface Pools {
  readers: readonly number[]
  writers: readonly number[]
  sockets: readonly number[]
}

export interface EdgeOptions {
  port: number
  /** Where HAProxy tells what it knows of all these. */
  statsPort: number
  pools: Pools
}

/** One address of many processes, with `haproxy` of the PATH. */
export async function startEdge(options: EdgeOptions): Promise<AsyncDisposable> {
  const dir = await mkdtemp(join(tmpdir(), 'tintype-edge-'))
  const file = join(dir, 'haproxy.cfg')
  await writeFile(file, edgeConfig(options))
  const node = spawn('haproxy', ['-db', '-f', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  node.stderr?.on('data', (chunk: Buffer) => {
    said += chunk
  })
  const edge = {
    async [Symbol.asyncDispose]() {
      await endProcess(node, 'SIGTERM')
      await rm(dir, { recursive: true, force: true })
    },
  }
  const ended = once(node, 'exit').then(() => {
    throw new Error(`HAProxy ended: ${said}`)
  })
  ended.catch(() => {})
  const answers = async () => {
    while (!(await fetch(`http://127.0.0.1:${options.statsPort}/`).catch(() => undefined))?.ok)
      await new Promise((resolve) => setTimeout(resolve, 50))
  }
  try {
    await Promise.race([answers(), ended])
    return edge
  } catch (error) {
    await edge[Symbol.asyncDispose]()
    throw error
  }
}

/**
 * Reads and writes go to pools of their own, a socket keeps to one process. Who does not answer is looked at each second, who does each ten; a
 * read that found nobody, or somebody who is stopping or has too much to do, is asked of another; a write only where it had not left yet.
 */
export function edgeConfig({ port, statsPort, pools }: EdgeOptions): string {
  const servers = (name: string, ports: readonly number[]) =>
    ports.map((at, index) => `  server ${name}${index + 1} 127.0.0.1:${at}`).join('\n')
  return `global
  maxconn 4000
defaults
  mode http
  timeout connect 1s
  timeout client 60s
  timeout server 60s
  timeout tunnel 1h
  timeout http-keep-alive 60s
  option forwardfor
  option redispatch 1
  option httpchk GET /ready
  http-check expect status 200
  default-server check inter 10s fastinter 1s downinter 1s fall 2 rise 1 observe layer4 error-limit 2 on-error fastinter
frontend community
  bind 127.0.0.1:${port}
  http-request set-header X-Forwarded-Proto http
  acl write method POST PUT DELETE PATCH
  use_backend sockets if { path /api/v1/realtime }
  use_backend writers if write
  default_backend readers
frontend stats
  bind 127.0.0.1:${statsPort}
  http-request use-service prometheus-exporter if { path /metrics }
  stats enable
  stats uri /
  stats refresh 5s
backend readers
  balance leastconn
  retries 3
  retry-on conn-failure empty-response 503
${servers('reader', pools.readers)}
backend writers
  balance leastconn
  retries 3
  retry-on conn-failure
${servers('writer', pools.writers)}
backend sockets
  balance source
  hash-type consistent
${servers('realtime', pools.sockets)}
`
}
