import { join } from 'node:path'
import type { Config, RoleName } from '../config.ts'
import type { BootContext, Running, RunOptions } from './boot.ts'
import { bothOr, DRAIN_MS, within } from './ending.ts'
import { explainListening } from './listening.ts'
import { startWorkers, type Workers } from './workers.ts'

/** What the processes of WORKERS do; all else is the first one's. */
const servingRoles: readonly RoleName[] = ['api', 'realtime']

export const servesHttp = ({ roles }: Pick<Config, 'roles'>): boolean =>
  roles.some((role) => servingRoles.includes(role))

type Served = Pick<Running, 'url' | 'isSetUp'>
type Serve = (context: BootContext, options: RunOptions, stack: AsyncDisposableStack) => Promise<Served>

/** All roles in this process. */
export const serveAlone: Serve = async (context, { boot }, stack) => {
  const { host, port } = context.config
  const running = await boot(context).catch((error) => {
    throw explainListening(error, host, port)
  })
  stack.defer(async () => void (await within(DRAIN_MS, running[Symbol.asyncDispose]())))
  return running
}

/** The roles that serve in processes of their own, the others here. They come up side by side, and end so. */
export const serveBeside: Serve = async ({ config, logger }, { boot, workers: how }, stack) => {
  const roles = (wanted: boolean) => config.roles.filter((role) => servingRoles.includes(role) === wanted)
  const ends: (() => PromiseLike<unknown>)[] = []
  stack.defer(async () => void (await Promise.all(ends.map((end) => end()))))
  const here = boot({ config: Object.freeze({ ...config, roles: roles(false) }), logger })
  const measure = async () => (await (await here).measure?.()) ?? []
  const there = startWorkers({
    config: { ...config, roles: roles(true) },
    program: join(import.meta.dirname, '../main.ts'),
    ...how,
    logger,
    measure,
  })
  here.then((running) => ends.push(() => within(DRAIN_MS, running[Symbol.asyncDispose]()))).catch(() => {})
  there.then((workers) => ends.push(() => workers[Symbol.asyncDispose]())).catch(() => {})
  const [running, workers] = await bothOr<Running, Workers>(new AbortController(), [here, there])
  return { url: workers.url, isSetUp: () => running.isSetUp() }
}
