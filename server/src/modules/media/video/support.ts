import { createRequire } from 'node:module'

/** What a community takes of films. */
export interface VideoLimits {
  seconds: number
  bytes: number
}

/**
 * Why films cannot be made here; undefined where they can. Looks whether the libraries are there for this platform, without loading
 * them: they are loaded in processes of their own alone.
 */
export function videoFault(): string | undefined {
  const { platform, arch } = process
  const suffixes = platform === 'win32' ? ['-msvc', '-mingw'] : ['']
  const names = suffixes.map((suffix) => `@seydx/node-av-${platform}-${arch}${suffix}`)
  // As node-av itself looks for them.
  const find = createRequire(createRequire(import.meta.url).resolve('node-av'))
  const isThere = names.some((name) => {
    try {
      find.resolve(`${name}/package.json`)
      return true
    } catch {
      return false
    }
  })
  return isThere ? undefined : `no FFmpeg for ${platform} on ${arch} is installed`
}
