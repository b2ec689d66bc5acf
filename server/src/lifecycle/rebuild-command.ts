import type { Rebuild } from '../modules/module.ts'
import { type OpenSystem, withSystem } from './with-system.ts'

interface Rebuilding extends AsyncDisposable {
  rebuilds: readonly Rebuild[]
}

/**
 * `npm run rebuild -- <names>`: makes derived data anew from what it is derived of, also while a server runs on the same data. Without
 * names it says which there are. Answers the exit code.
 */
export async function rebuildCommand(
  env: Record<string, string | undefined>,
  names: readonly string[],
  open: OpenSystem<Rebuilding>,
): Promise<number> {
  return withSystem(env, open, async ({ rebuilds }) => {
    const unknown = names.filter((name) => !rebuilds.some((rebuild) => rebuild.name === name))
    if (names.length === 0 || unknown.length > 0) {
      const known = rebuilds.map((rebuild) => rebuild.name).join(', ')
      console.error(
        `${unknown.length > 0 ? `There is no ${unknown.join(', ')}. ` : ''}Name what to rebuild: ${known}.`,
      )
      return 1
    }
    for (const rebuild of rebuilds) {
      if (!names.includes(rebuild.name)) continue
      console.log(`${rebuild.name}: ${await rebuild.run(new AbortController().signal)} rebuilt.`)
    }
    return 0
  })
}
