import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/tokens.css'
import './ui/global.css'
import { queryClient } from './api/query-client.ts'
import { headStart } from './app/head-start.ts'
import { router } from './app/router.tsx'
import { leaveOnSessionEnd } from './app/session-flow.ts'
import { registerServiceWorker } from './pwa/register.ts'

headStart(location.pathname)
leaveOnSessionEnd(router)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)

registerServiceWorker()
