import { defineConfig } from 'vitest/config'

const postgres = ['testkit/src/global-setup.ts']

/**
 * The files of a worker share what they import: loading the server takes a second of a processor, and it
 * keeps no state outside of what a test opens. What a test spies on, pretends or sets ends with it. Two busy cores now and then
 * miss a beat: what is wrong is wrong twice, and `npm test` names at its end what needed a second try.
 */
const shared = {
  isolate: false,
  retry: 1,
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
  // A second is a lot on a quiet machine and nothing on one that does three other things.
  expect: { poll: { timeout: 10_000, interval: 20 } },
}

export default defineConfig({
  test: {
    // Two files at a time: the small machines that run this have two cores, and PostgreSQL wants its share.
    maxWorkers: 2,
    // What a test did not wait for is still being fetched when the last file of a worker ends: nobody asks for it any more.
    onUnhandledError: ({ message }) => !message.includes('Vite module runner has been closed'),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['*/src/**/*.test.ts'],
          exclude: ['{server,testkit,web}/**'],
          testTimeout: 60_000,
          ...shared,
        },
      },
      {
        test: {
          name: 'server',
          include: ['{server,testkit}/src/**/*.test.ts'],
          exclude: ['**/*.cluster.test.ts'],
          globalSetup: postgres,
          setupFiles: ['testkit/src/patience.ts', 'testkit/src/declared-replies.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          ...shared,
        },
      },
      {
        // Against real engines, which `npm test` does without: see docs/operations.md.
        test: {
          name: 'cluster',
          include: ['**/*.cluster.test.ts'],
          globalSetup: postgres,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          ...shared,
        },
      },
      {
        // The server's own tests once more, on those.
        test: {
          name: 'server-on-cluster',
          include: [
            'server/src/*.test.ts',
            'server/src/modules/**/*.test.ts',
            'server/src/roles/**/*.test.ts',
          ],
          exclude: ['**/*.cluster.test.ts'],
          globalSetup: ['testkit/src/cluster-setup.ts'],
          setupFiles: ['testkit/src/patience.ts', 'testkit/src/declared-replies.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          ...shared,
        },
      },
      'web/vitest.config.ts',
      {
        test: {
          name: 'e2e',
          include: ['**/*.e2e.ts'],
          globalSetup: [...postgres, 'e2e/build.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          ...shared,
        },
      },
    ],
  },
})
