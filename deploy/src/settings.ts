import { parseConfig } from '@tintype/server/config'

/** Every setting that a process reads, by name: what it asks its environment for. */
export function settingNames(): Set<string> {
  const names = new Set<string>()
  parseConfig(
    new Proxy(
      {},
      {
        get(_target, name) {
          names.add(String(name))
          return undefined
        },
      },
    ),
  )
  return names
}
