import type { ActionMenuProps } from './ActionMenuPanel.tsx'
import { lazyWhenOpen } from './lazy-when-open.tsx'

/** What one may do with a thing: at its button, or a sheet under the thumb on a phone. */
export const ActionMenu = lazyWhenOpen<ActionMenuProps>(() => import('./ActionMenuPanel.tsx'))
