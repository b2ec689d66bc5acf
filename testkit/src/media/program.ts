import { fork } from 'node:child_process'

interface Sent {
  /** Of film. */
  seconds: number
  /** How much faster than life. */
  speed?: number
  sound?: string | null
  /** Pictures from one key frame to the next. */
  gop?: number
}

export interface Program {
  /** `sent`: all of it. `refused`: that, or cut off on the way. */
  ended: Promise<'sent' | 'refused'>
  stop(): void
}

/** A program such as OBS that sends to this address, by FFmpeg's own RTMP: 160 × 90, fifteen pictures a second, with a tone. */
export function programTo(address: string, { seconds, speed = 4, sound = 'aac', gop = 30 }: Sent): Program {
  const clip = {
    format: 'flv',
    seconds,
    film: 'testsrc2=size=160x90:rate=15',
    filter: `format=yuv420p,realtime=speed=${speed}`,
    sound,
    options: { g: gop, bf: 2, preset: 'ultrafast', 'x264-params': 'scenecut=0' },
  }
  const child = fork(new URL('./program-child.ts', import.meta.url), [JSON.stringify({ address, clip })], {
    execArgv: [],
    stdio: 'ignore',
  })
  const { promise, resolve } = Promise.withResolvers<'sent' | 'refused'>()
  child.once('exit', (code) => resolve(code === 0 ? 'sent' : 'refused'))
  return { ended: promise, stop: () => void child.kill('SIGKILL') }
}
