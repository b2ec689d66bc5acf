import { QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { Instance, Me } from '@tintype/contract'
import { createAppRouter } from '../app/router.tsx'
import { entities } from '../data/entities/entities.ts'
import { ingestMe } from '../data/entities/ingest.ts'
import { instanceQuery, meQuery } from '../data/member.ts'
import { queryClient } from '../data/query-client.ts'

export const place: Instance = {
  name: 'The Photo Club',
  description: 'Plates and people.',
  registration: 'open',
  deletion_days: 30,
  is_set_up: true,
  version: '1.0.0',
  members_count: 12,
  video: null,
}

interface RouteOptions {
  /** Who is logged in; a visitor unless given. */
  me?: Me
  instance?: Partial<Instance>
  /** Puts things into the entity store, which begins empty. */
  seed?: () => unknown
}

/** Opens an address of the real app, with all its frames and guards; the API is what `fakeApi` answers. */
export async function renderRoute(address: string, { me, instance, seed }: RouteOptions = {}) {
  queryClient.clear()
  entities.clear()
  localStorage.clear()
  if (me) {
    localStorage.setItem('tintype.session', '1')
    ingestMe(me)
  }
  queryClient.setQueryData(meQuery.queryKey, me ?? null)
  queryClient.setQueryData(instanceQuery.queryKey, { ...place, ...instance })
  seed?.()
  const router = createAppRouter(createMemoryHistory({ initialEntries: [address] }))
  const user = userEvent.setup()
  const view = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
  // A dialog that covers the page hides it.
  await screen.findByRole('main', { hidden: true }, { timeout: 10_000 })
  const path = () => router.state.location.pathname
  return { ...view, user, router, path }
}

/** One page of a list that ends with it. */
export const page = <T,>(items: T[], next_cursor: string | null = null) => ({ items, next_cursor })
