import { join } from 'node:path'
import { ensureWebApp } from '@tintype/server/lifecycle/web-build'

const root = join(import.meta.dirname, '../..')

/** The folder of today's web app, built first where it is not there yet. */
export function webApp(): Promise<string> {
  return ensureWebApp({
    root,
    dataDir: join(root, 'web'),
    signal: new AbortController().signal,
    onBuild: () => console.log('Building the web app …'),
  })
}
