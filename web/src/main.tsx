import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, startTransition } from 'react'
import { createRoot, hydrateRoot } from 'react-dom/client'
import './ui/tokens.css'
import './ui/global.css'
import { headStart } from './app/head-start.ts'
import { router } from './app/router.tsx'
import { leaveOnSessionEnd } from './app/session-flow.ts'
import { storedSort } from './data/posts.ts'
import { queryClient } from './data/query-client.ts'
import { readStored } from './data/storage.ts'
import { addressIn, ME, takeOver } from './given.ts'
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

/** Lets the browser paint and answer its reader: the steps of the start are each a task of their own. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve))

async function start(drawn: HTMLElement): Promise<void> {
  const given = takeOver()
  leaveOnSessionEnd(router)
  if (given) await pause()
  const started = headStart(router, queryClient, {
    path: location.pathname,
    isMember: given ? ME in given.replies : readStored('tintype.session') !== null,
    sort: given?.sort ?? storedSort(),
  }).catch(() => undefined)
  if (given) await pause()
  await router.load()
  // A browser may be elsewhere than its address says, where a dialog is kept over a reload: then all is drawn anew.
  const isDrawn = given?.address === addressIn(router)
  // What is taken over must come out as it did on the server, so all that the server had is there first.
  if (isDrawn) {
    await started
    await pause()
  }
  // What stands there already (the page, or the mark) stays until there is a screen to put in its place.
  startTransition(() => {
    if (isDrawn) takeUp(drawn)
    else createRoot(drawn).render(app)
  })
}

function takeUp(drawn: HTMLElement): void {
  // Tells the router to draw no boundary around the whole, as there is none in what the server has drawn.
  router.ssr = { manifest: undefined }
  hydrateRoot(drawn, app)
}

void start(root)
registerServiceWorker((path) => router.history.push(path))
if (readStored('tintype.push')) void import('./data/push.ts').then(({ keepPush }) => keepPush())
