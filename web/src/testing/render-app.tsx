import { QueryClientProvider } from '@tanstack/react-query'
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { Me } from '@tintype/contract'
import type { ReactNode } from 'react'
import { entities } from '../data/entities/entities.ts'
import { meQuery } from '../data/member.ts'
import { queryClient } from '../data/query-client.ts'
import { Toaster } from '../ui/Toaster.tsx'

interface RenderOptions {
  /** Who is logged in; a visitor unless given. */
  me?: Me | undefined
  /** Puts things into the entity store, which begins empty. */
  seed?: () => unknown
}

/**
 * Draws one element inside what the app gives every screen: queries, a router (each other address shows its own path),
 * toasts. Begins with nothing known.
 */
export async function renderApp(element: ReactNode, { me, seed }: RenderOptions = {}) {
  queryClient.clear()
  entities.clear()
  queryClient.setQueryData(meQuery.queryKey, me ?? null)
  seed?.()
  return renderKnown(element)
}

/** The same with what is in the stores already. */
export async function renderKnown(element: ReactNode) {
  const rootRoute = createRootRoute({
    component: () => (
      <>
        <Outlet />
        <Toaster />
      </>
    ),
  })
  const routes = [
    createRoute({ getParentRoute: () => rootRoute, path: '/', component: () => element }),
    createRoute({ getParentRoute: () => rootRoute, path: '$', component: ElseWhere }),
  ]
  const router = createRouter({
    routeTree: rootRoute.addChildren(routes),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  })
  const user = userEvent.setup()
  const view = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  )
  await screen.findAllByRole('status')
  return { ...view, user, router, path: () => router.state.location.pathname }
}

function ElseWhere() {
  return <p>elsewhere</p>
}
