import { PushHost } from './push-host.ts'
import { startSystem, type TestSystem } from './system.ts'

/** Lets a system send pushes to this machine. */
export const pushEnv = { PUSH_PRIVATE_HOSTS: 'true' }

/** A system, and a push service that its members' browsers may subscribe to. */
export interface PushScene extends AsyncDisposable {
  system: TestSystem
  host: PushHost
}

export async function startPushScene(): Promise<PushScene> {
  const system = await startSystem({ env: pushEnv })
  const host = await PushHost.start(() => system.engines.push.publicKey)
  return {
    system,
    host,
    async [Symbol.asyncDispose]() {
      await host[Symbol.asyncDispose]()
      await system[Symbol.asyncDispose]()
    },
  }
}
