import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { routeAddresses } from './scripts/route-addresses.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  plugins: [react(), routeAddresses({ whole: true })],
  resolve: { alias: { typebox: here('./src/data/typebox-shim.ts') } },
  test: {
    name: 'web',
    // A file has its own modules and document, but jsdom itself is loaded once for all files of a worker.
    pool: 'vmForks',
    // As in the root's: it is not inherited, and one run has one number.
    maxWorkers: 2,
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    setupFiles: ['./src/test-setup.ts'],
    css: { modules: { classNameStrategy: 'non-scoped' } },
    restoreMocks: true,
    retry: 1,
    testTimeout: 20_000,
  },
})
