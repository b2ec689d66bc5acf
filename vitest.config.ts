import { defineConfig } from 'vitest/config'

const postgres = ['testkit/src/global-setup.ts']

export default defineConfig({
  test: {
    // Two files at a time: the small machines that run this have two cores, and PostgreSQL wants its share.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'contract/src/**/*.test.ts',
            'demo/src/**/*.test.ts',
            'server/src/config.test.ts',
            'server/src/kit/**/*.test.ts',
            'bench/src/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'server',
          include: [
            'server/src/*.test.ts',
            'server/src/{engines,gateway,lifecycle,migrations,modules,roles,text,views}/**/*.test.ts',
            'testkit/src/**/*.test.ts',
          ],
          exclude: ['server/src/config.test.ts'],
          globalSetup: postgres,
          setupFiles: ['testkit/src/patience.ts', 'testkit/src/declared-replies.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      'web/vitest.config.ts',
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.ts', 'bench/src/**/*.e2e.ts'],
          globalSetup: postgres,
          // A browser or a load generator, and a server each: one file at a time.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
