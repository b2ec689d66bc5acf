import type { ActionMenuProps, MenuAction } from './ActionMenuPanel.tsx'
import { lazyWhenOpen } from './lazy-when-open.tsx'

export type { MenuAction }

/** What one may do with a thing: a centred list with a mouse, a sheet under the thumb on a phone. */
export const ActionMenu = lazyWhenOpen<ActionMenuProps>(() => import('./ActionMenuPanel.tsx'))
