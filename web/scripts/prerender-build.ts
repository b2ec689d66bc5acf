import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { type AliasOptions, build, type Plugin } from 'vite'
import { routeAddresses } from './route-addresses.ts'

/** Where the server finds it, below the build. */
const FOLDER = 'server'

/** Builds `src/prerender.tsx` for the server beside the app: the same components, so that the first paint is the app's own. */
export function prerenderBuild({ alias }: { alias: AliasOptions }): Plugin {
  let dir: string | undefined
  let root = ''
  return {
    name: 'tintype:prerender-build',
    enforce: 'post',
    apply: (_config, { command, isSsrBuild }) => command === 'build' && !isSsrBuild,
    configResolved(config) {
      root = config.root
    },
    writeBundle(output) {
      dir = output.dir
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        if (!dir) return
        await build({
          configFile: false,
          root,
          logLevel: 'warn',
          plugins: [react(), routeAddresses()],
          resolve: { alias },
          // React chooses its build when it is loaded; the server does not say which.
          define: { 'process.env.NODE_ENV': '"production"' },
          ssr: { noExternal: true },
          build: {
            ssr: 'src/prerender.tsx',
            outDir: join(dir, FOLDER),
            emptyOutDir: true,
            copyPublicDir: false,
            assetsInlineLimit: 0,
            target: 'node24',
          },
        })
      },
    },
  }
}
