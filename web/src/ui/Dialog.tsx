import type { DialogProps } from './DialogPanel.tsx'
import { lazyWhenOpen } from './lazy-when-open.tsx'

/** Rises 8 px; focus goes in, stays in and comes back; Esc, the scrim and the cross close it. */
export const Dialog = lazyWhenOpen<DialogProps>(() => import('./DialogPanel.tsx'))
