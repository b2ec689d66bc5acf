import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, startTransition } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'
import './ui/tokens.css'
import './ui/global.css'
import { queryClient } from './api/query-client.ts'
import { readStored } from './api/storage.ts'
import { headStart } from './app/head-start.ts'
import { router } from './app/router.tsx'
import { leaveOnSessionEnd } from './app/session-flow.ts'
import { takeOver } from './given.ts'
import { registerServiceWorker } from './pwa/register.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
const app = (
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>
)

const drawn = takeOver()
// Tells the router to draw no boundary around the whole, as there is none in what the server has drawn.
if (drawn) router.ssr = { manifest: undefined }
leaveOnSessionEnd(router)
void headStart(router, queryClient, location.pathname, readStored('tintype.session') !== null)
// What stands there already (the page, or the mark) stays until there is a screen to put in its place.
void router.load().then(() =>
  startTransition(() => {
    if (drawn) hydrateRoot(root, app)
    else createRoot(root).render(app)
  }),
)

registerServiceWorker()
