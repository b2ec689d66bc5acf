import { QueryClient } from '@tanstack/react-query'
import { TintypeError } from '@tintype/contract'
import { entities } from './entities/entities.ts'

const RETRIES = 2
const SECOND = 1000

/** What another try may mend: the server restarting, the network gone for a moment. */
export const isPassing = (error: unknown): boolean =>
  !(error instanceof TintypeError) || error.code === 'unavailable'

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30 * SECOND,
        gcTime: 15 * 60 * SECOND,
        retry: (failures, error) => failures < RETRIES && isPassing(error),
        retryDelay: (failures) => SECOND * 2 ** failures,
        // A list that reloads by itself moves under the reader's eye.
        refetchOnWindowFocus: false,
        // The service worker answers some requests without a network; the browser's word for it is not the last.
        networkMode: 'always',
        refetchOnReconnect: true,
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
}

export const queryClient = createQueryClient()

/** What a question names is needed as long as its answer is; a paged list reads its things again. */
entities.keep(function* () {
  for (const { meta, state } of queryClient.getQueryCache().getAll())
    if (!meta?.readPage) yield* stringsIn(state.data)
})

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'object' && value) for (const part of Object.values(value)) yield* stringsIn(part)
}
