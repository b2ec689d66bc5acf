import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { checkSize } from './scripts/check-size.ts'
import { precompress } from './scripts/precompress.ts'
import { prerenderBuild } from './scripts/prerender-build.ts'
import { routeAddresses } from './scripts/route-addresses.ts'

const api = process.env.TINTYPE_API ?? 'http://localhost:3000'
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The schemas of the contract serve the API; in the app only its types, routes and error codes do. */
const alias = {
  typebox: here('./src/data/typebox-shim.ts'),
  './error-entry.ts': here('./src/data/error-entry-shim.ts'),
}

/** Initial JavaScript of the home screen, gzipped; the build fails above it. */
const INITIAL_JS_BUDGET = 170 * 1024
/** Of each file of it, unpacked: what is evaluated without a pause. React alone is 214 KB. */
const LARGEST_INITIAL_FILE = 220 * 1024

export default defineConfig({
  root: here('.'),
  plugins: [
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/pwa',
      filename: 'sw.ts',
      // The page registers it itself: no inline script, and not before the first picture is there.
      injectRegister: null,
      manifest: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,woff2}', 'icons/icon-192.png', 'favicon.svg'],
        // Megabytes that few will ever need.
        globIgnores: ['**/heic-to-*.js'],
      },
    }),
    checkSize({
      budget: INITIAL_JS_BUDGET,
      largest: LARGEST_INITIAL_FILE,
      entries: ['src/main.tsx', 'src/features/home/HomeScreen.tsx'],
    }),
    precompress(),
    routeAddresses(),
    prerenderBuild({ alias }),
  ],
  resolve: { alias },
  build: {
    // light-dark(), view transitions' syntax and container queries are used as they are.
    target: ['chrome123', 'safari17.5', 'firefox128'],
    manifest: true,
    // All of them preload modules by themselves.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // All styles are 15 KB packed: one file, and no screen waits for its own.
    cssCodeSplit: false,
    reportCompressedSize: false,
    rolldownOptions: {
      // What makes schemas has no effects: those that nothing reads are left out.
      treeshake: {
        manualPureFunctions: ['Type', 'Exact', 'Nullable', 'Written', 'idOf', 'literals'],
        propertyReadSideEffects: false,
      },
      output: {
        codeSplitting: {
          groups: [
            // Files of their own, so that the browser has time for its reader between the evaluation of one and of the next.
            { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ },
            { name: 'tanstack', test: /node_modules[\\/]@tanstack[\\/]/ },
            // Its patterns of letters in all scripts take longer to make than all else of the base.
            { name: 'text', test: /contract[\\/]src[\\/](core[\\/])?text/ },
            // What most screens share travels together: forty files of 1 KB pack worse than one of 40. Not what dialogs
            // are made of (`ui/…Panel.tsx`): that comes when one is opened. Nor what only composers, settings, stories, grids, reports
            // and messages share; nor the errors of every domain, which replies bring along.
            {
              name: 'base',
              test: /(web[\\/]src|contract[\\/]src|lucide-react)[\\/](?!moderation[\\/]|archives[\\/]|dist[\\/]esm[\\/]icons[\\/](flag|shield-check)\.|errors\.ts|(?!core)\w+[\\/]errors\.ts|ui[\\/]\w+Panel\.tsx|upload[\\/]|data[\\/](upload|push|direct[\\/](?!unread\.ts))|features[\\/]direct|things[\\/](account|circles|comments[\\/]review-messages|composing|direct|grid|reporting|tags|together|story[\\/](?!Story(Link|Tray)|story-lists))|kit[\\/]history|ui[\\/](Choice|Switch)\.)/,
              minShareCount: 4,
            },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: {
      '/api': { target: api, ws: true },
      '/media': api,
      // Pages of lives are the app's.
      '^/live/[^/]+/(hls|intake)': { target: api, ws: true },
      '/objects': api,
    },
  },
})
